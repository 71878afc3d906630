// The model that Beffroi installs, for real: choosing, rewording, proof, what it cost; then its process killed in the middle. Skipped where
// the model is not installed. A few minutes of a small machine.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before } from "node:test";
import { announcements, answerPath, ask, assertAccessible, assertNoSideScroll, BASE, focused, journey, PHONE } from "./browser.mjs";
import { OTHER_ANSWERED, REWORDABLE } from "./questions.mjs";
import { canStart, MODEL_MISSING, startServer } from "./server.mjs";

const PATIENCE = 150_000; // the slowest step on two busy cores
let server;
before(async () => {
  if (BASE !== "" && canStart() && !MODEL_MISSING) server = await startServer("", { withModel: true });
});
after(() => server?.stop());

const REAL = { base: () => server.url, skip: MODEL_MISSING };
const more = (page) => page.getByRole("button", { name: "Chercher plus à fond" });
const cost = (page) => page.locator(".answer-cost");
const BY_MODEL = /Modèle qwen2\.5-coder.*\s:\s\d+ fragments de mots lus.*,\s\d+ écrits, [\d,]+ s de processeur\s;\sénergie/;

// Resolves once the engine runs, to its process.
async function worker() {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((later) => setTimeout(later, 50))) {
    const [engine] = childrenOf(server.pid);
    if (engine) return Number(engine);
  }
  throw new Error("le moteur n’a pas démarré");
}

// A child belongs to the thread that made it.
function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean));
}

journey("the real model chooses, rewords, proves and is counted", REAL, async (page) => {
  page.setDefaultTimeout(PATIENCE);
  await ask(page, REWORDABLE);
  await more(page).waitFor();
  assert.match(await cost(page).innerText(), /Sans modèle\s:\s0\.$/);
  await assertAccessible(page, "avant");
  const said = await announcements(page);
  await more(page).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Le modèle relit les passages").first().waitFor();
  assert.match(await focused(page), /^h3 Chercher plus à fond/);
  await assertAccessible(page, "pendant");
  await page.getByText("Un modèle de langue a relu les passages").waitFor();
  assert.match(await cost(page).innerText(), BY_MODEL);
  assert.match(await focused(page), /^h2 /);
  assert.ok((await said()).some((words) => /extraits? de/.test(words)), (await said()).join(" | "));
  await assertAccessible(page, "après");
  await assertNoSideScroll(page, "après");

  await page.getByRole("button", { name: "Rédiger pour un courrier" }).click();
  await page.locator(".rewording-result .cost").waitFor();
  const marks = await page.locator(".reworded-mark").allInnerTexts();
  assert.ok(marks.length > 0 && marks.every((mark) => mark === "Reformulé" || mark === "Texte officiel"), marks.join());
  assert.match(await page.locator(".rewording-result .cost").innerText(), BY_MODEL);
  assert.match(await page.getByLabel("Paragraphe à relire et à copier").inputValue(), /^Voici ce qu’indique la fiche officielle/);
  await page.locator(".rewording-result .proof-link").first().click();
  await page.getByRole("dialog").locator("mark").first().waitFor();
});

journey("plain: the same without JavaScript", { ...REAL, javaScriptEnabled: false, path: answerPath(REWORDABLE), viewport: PHONE }, async (page) => {
  page.setDefaultTimeout(PATIENCE);
  await more(page).click();
  await page.getByText("Un modèle de langue a relu les passages").waitFor();
  assert.match(await cost(page).innerText(), BY_MODEL);
});

journey("axe: the plain page of a thorough answer", { ...REAL, path: answerPath(REWORDABLE), viewport: { width: 320, height: 256 } }, async (page) => {
  page.setDefaultTimeout(PATIENCE);
  await page.evaluate((question) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: "/recherche-approfondie" });
    form.append(Object.assign(document.createElement("input"), { name: "q", value: question }));
    document.body.append(form);
    form.submit();
  }, REWORDABLE);
  await page.getByText("Un modèle de langue a relu les passages").waitFor();
  await assertAccessible(page, "page sans JavaScript");
  await assertNoSideScroll(page, "page sans JavaScript");
});

journey("the engine killed in the middle: one clear sentence, the answer stays, and it can be asked again", REAL, async (page) => {
  page.setDefaultTimeout(PATIENCE);
  await ask(page, OTHER_ANSWERED);
  const extracts = await page.locator(".source .extract-text").allInnerTexts();
  const engine = await worker(); // it was started by the journeys before
  await more(page).click();
  await page.getByText("Le modèle relit les passages").first().waitFor();
  process.kill(engine, "SIGKILL");
  await page.locator(".thorough .fault").waitFor();
  assert.match(await page.locator(".thorough .fault").innerText(), /^Le modèle de langue s’est arrêté avant la fin\. La réponse est faite sans lui\s;/);
  assert.equal(await page.locator(".thorough .fault").count(), 1);
  assert.deepEqual(await page.locator(".source .extract-text").allInnerTexts(), extracts);
  assert.match(await cost(page).innerText(), /Sans modèle\s:\s0\.$/);
  await assertAccessible(page, "après la panne");
  await more(page).click();
  await page.getByText("Un modèle de langue a relu les passages").waitFor();
  assert.notEqual(await worker(), engine);
});
