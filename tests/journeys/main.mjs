// Starts the program on a free port with a copy of the base, runs the journeys against it, stops it.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const PROGRAM = process.env.BEFFROI_PROGRAM ?? join(ROOT, "build/release/beffroi");
const HOME = process.env.BEFFROI_TEST_HOME ?? join(ROOT, "build/test-home");
const START_MS = 30_000;

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer().once("error", failed).listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function isReady(url) {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), "beffroi-journeys-"));
  cpSync(HOME, folder, { recursive: true });
  // No vectors: the answers of the journeys must not change while they are computed in the background.
  const configuration = join(folder, "beffroi.toml");
  writeFileSync(configuration, "[search]\nsemantic = false\n");
  const port = await freePort();
  const program = spawn(PROGRAM, ["--config", configuration, "serve", "--port", String(port)], {
    env: { ...process.env, BEFFROI_HOME: folder },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stop = () => {
    program.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + START_MS; Date.now() < end && program.exitCode === null; await new Promise((later) => setTimeout(later, 100))) {
    if (await isReady(url)) return { url, stop };
  }
  stop();
  throw new Error(`${PROGRAM} ne répond pas après ${START_MS / 1000} s`);
}

function runTests(url) {
  const wanted = process.argv.slice(2);
  const files = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".test.mjs") && (wanted.length === 0 || wanted.some((word) => name.startsWith(word))));
  const reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"];
  if (process.env.REPORT) reporters.push("--test-reporter=junit", `--test-reporter-destination=${process.env.REPORT}`);
  const tests = spawn(process.execPath, ["--test", "--test-concurrency=1", ...reporters, ...files], {
    cwd: import.meta.dirname,
    env: { ...process.env, BEFFROI_URL: url },
    stdio: "inherit",
  });
  return new Promise((done) => tests.once("exit", (code) => done(code ?? 1)));
}

let server = { url: process.env.BEFFROI_URL ?? "", stop: () => undefined };
if (server.url === "") {
  if (existsSync(PROGRAM) && existsSync(HOME)) server = await startServer();
  else console.log(`Parcours sautés : il faut ${PROGRAM} et ${HOME} (make test les prépare).`);
}
process.exitCode = await runTests(server.url);
server.stop();
