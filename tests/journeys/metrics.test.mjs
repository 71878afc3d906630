// [metrics] listen: the figures at an address of their own, without a key, and no longer at the town's; faults told before anything is served.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { BASE } from "./browser.mjs";
import { canStart, freePort, HOME, PROGRAM, startServer } from "./server.mjs";

const SKIPPED = { skip: BASE === "" || !canStart() };

test("the figures have an address of their own, and leave the town's", SKIPPED, async () => {
  const port = await freePort();
  const server = await startServer(`[metrics]\nlisten = "127.0.0.1:${port}"\n`);
  try {
    const own = (path) => fetch(`http://127.0.0.1:${port}${path}`);
    const figures = await own("/metrics");
    assert.equal(figures.status, 200);
    assert.equal(figures.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert.match(await figures.text(), /^beffroi_http_requests_total\{method="GET",route="\/readyz",status="200"\} 1$/m);
    for (const path of ["/", "/healthz", "/connexion", "/api/v1/about"]) assert.equal((await own(path)).status, 404, path);
    assert.equal((await fetch(`${server.url}/metrics`)).status, 404);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  } finally {
    server.stop();
  }
});

function saidAtStart(configuration) {
  const folder = mkdtempSync(join(tmpdir(), "beffroi-metrics-"));
  try {
    cpSync(HOME, folder, { recursive: true });
    const file = join(folder, "beffroi.toml");
    writeFileSync(file, `[engine]\nmodel = ""\n${configuration}`);
    const env = { ...process.env, BEFFROI_HOME: folder };
    execFileSync(PROGRAM, ["--config", file, "serve"], { env, encoding: "utf8", stdio: "pipe", timeout: 30_000 });
    return "";
  } catch (fault) {
    assert.notEqual(fault.status, null, "still serving");
    return fault.stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a port already taken, an address of another machine, a name: one sentence, and nothing is served", SKIPPED, async () => {
  const taken = await freePort();
  const other = createServer();
  await new Promise((done) => other.listen(taken, "127.0.0.1", done));
  try {
    assert.match(saidAtStart(`[metrics]\nlisten = "127.0.0.1:${taken}"\n`), new RegExp(`\\[metrics\\], listen.*le port ${taken} est déjà pris sur 127\\.0\\.0\\.1`));
  } finally {
    other.close();
  }
  assert.match(saidAtStart('[metrics]\nlisten = "192.0.2.1:9100"\n'), /\[metrics\], listen.*l’adresse 192\.0\.2\.1 n’est pas celle de cette machine/);
  assert.match(saidAtStart('[metrics]\nlisten = "prometheus:9100"\n'), /beffroi\.toml, ligne 4.*une adresse IP et un port étaient attendus/);
});
