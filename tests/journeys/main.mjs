// Starts the program, runs the journeys against it, stops it.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { canStart, HOME, PROGRAM, startServer } from "./server.mjs";

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
  if (canStart()) server = await startServer();
  else console.log(`Parcours sautés : il faut ${PROGRAM} et ${HOME} (make test les prépare).`);
}
process.exitCode = await runTests(server.url);
server.stop();
