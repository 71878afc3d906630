// A town hall with its identity provider: both start on free ports and know each other's address.
import { fork, spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const PROGRAM = process.env.BEFFROI_PROGRAM ?? join(ROOT, "build/release/beffroi");
const HOME = process.env.BEFFROI_TEST_HOME ?? join(ROOT, "build/test-home");
const START_MS = 60_000;

export const MISSING = existsSync(PROGRAM) && existsSync(HOME) ? false : `il faut ${PROGRAM} et ${HOME} (make test les prépare)`;
export const SECRET = "un secret : avec des signes/+%";

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer().once("error", failed).listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

const wait = (milliseconds) => new Promise((later) => setTimeout(later, milliseconds));

async function isReady(url) {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function startProvider(port, beffroi) {
  const child = fork(join(import.meta.dirname, "provider.mjs"), [String(port), beffroi, SECRET], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const said = () => new Promise((done) => child.once("message", done));
  await said();
  return {
    url: `http://127.0.0.1:${port}`,
    // Another group, another clock, another key, another word: see provider.mjs.
    async change(changes) {
      const done = said();
      child.send(changes);
      await done;
    },
    stop: () => child.kill("SIGKILL"),
  };
}

function configuration(folder, issuer) {
  const secret = join(folder, "oidc.secret");
  writeFileSync(secret, `${SECRET}\n`);
  chmodSync(secret, 0o600);
  const file = join(folder, "beffroi.toml");
  writeFileSync(
    file,
    `[search]
semantic = false
[engine]
model = ""
[oidc]
issuer = "${issuer}"
client_id = "beffroi"
client_secret_file = "${secret}"
scopes = "openid profile email groups"
label = "Se connecter avec le compte de l’agglomération"
trusted_local = true
[[oidc.roles]]
group = "agents"
role = "agent"
[[oidc.roles]]
group = "administrateurs"
role = "commune_administrator"
[[oidc.roles]]
group = "voisins"
role = "commune_administrator"
commune = "une-autre-commune"
`,
  );
  return file;
}

// `withProvider: false`: nobody answers at its address.
export async function startTown({ withProvider = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "beffroi-oidc-"));
  cpSync(HOME, folder, { recursive: true });
  const [port, providerPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const provider = withProvider ? await startProvider(providerPort, url) : { url: `http://127.0.0.1:${providerPort}`, stop: () => undefined };
  const program = spawn(PROGRAM, ["--config", configuration(folder, provider.url), "serve", "--port", String(port)], {
    env: { ...process.env, BEFFROI_HOME: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  program.stderr.on("data", (bytes) => (log += bytes));
  const stop = () => {
    program.kill("SIGTERM");
    provider.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const end = Date.now() + START_MS; Date.now() < end && program.exitCode === null; await wait(100)) {
    if (await isReady(url)) return { url, provider, stop, log: () => log };
  }
  stop();
  throw new Error(`${PROGRAM} ne répond pas après ${START_MS / 1000} s : ${log}`);
}
