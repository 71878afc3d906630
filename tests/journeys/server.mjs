// Starts the program on a free port with a copy of the base, and stops it.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
export const PROGRAM = process.env.BEFFROI_PROGRAM ?? join(ROOT, "build/release/beffroi");
export const HOME = process.env.BEFFROI_TEST_HOME ?? join(ROOT, "build/test-home");
const START_MS = 30_000;

// A BEFFROI_HOME where the default model was installed.
const MODELS = join(process.env.BEFFROI_TEST_MODEL ?? join(homedir(), ".cache/beffroi/deps/test-model"), "models");
const hasModel = existsSync(MODELS) && readdirSync(MODELS).some((name) => name.endsWith(".gguf"));
export const MODEL_MISSING = hasModel ? "" : `le modèle de langue n’est pas installé dans ${MODELS} (make test l’installe)`;

export const canStart = () => existsSync(PROGRAM) && existsSync(HOME);

// No vectors: the answers of the journeys must not change while they are computed in the background. No model unless one is named.
const PLAIN = "[search]\nsemantic = false\n";
const NO_MODEL = '[engine]\nmodel = ""\n';

export function freePort() {
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

// `more`: sections added to beffroi.toml. `withModel`: the installed model serves.
export async function startServer(more = "", { withModel = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "beffroi-journeys-"));
  cpSync(HOME, folder, { recursive: true });
  const configuration = join(folder, "beffroi.toml");
  writeFileSync(configuration, PLAIN + (withModel ? "" : NO_MODEL) + more);
  if (withModel) symlinkSync(MODELS, join(folder, "models")); // 1.1 GB: never copied
  const port = await freePort();
  const env = { ...process.env, BEFFROI_HOME: folder };
  // Another command of the same installation, while it serves; `input` goes to its standard input.
  const command = (words, input = "") => execFileSync(PROGRAM, ["--config", configuration, ...words], { env, input, encoding: "utf8" });
  const program = spawn(PROGRAM, ["--config", configuration, "serve", "--port", String(port)], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stop = () => {
    program.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + START_MS; Date.now() < end && program.exitCode === null; await new Promise((later) => setTimeout(later, 100))) {
    if (await isReady(url)) return { url, stop, pid: program.pid, command };
  }
  stop();
  throw new Error(`${PROGRAM} ne répond pas après ${START_MS / 1000} s`);
}
