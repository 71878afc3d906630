// Ask, read, verify.
import assert from "node:assert/strict";
import { answerPath, ask, BASE, journey, PHONE } from "./browser.mjs";
import { ANSWERED, EMERGENCY, NOT_FOUND, OTHER_ANSWERED, OUT_OF_SCOPE, TO_CHOOSE } from "./questions.mjs";

journey("a question is answered with sentences, each with its source, date and proof", {}, async (page) => {
  await ask(page, ANSWERED);
  assert.equal(new URL(page.url()).searchParams.get("q"), ANSWERED);
  assert.ok((await page.locator(".extract-text").count()) > 0);
  assert.match(await page.locator(".source-date").first().innerText(), /mise à jour le (1er|\d+) \S+ \d{4}/);
  assert.match(await page.locator(".provenance").innerText(), /extraits choisis par un programme/);
  assert.match(await page.locator(".base-notice").innerText(), /2020/);
  assert.ok((await page.title()).includes(ANSWERED));
});

journey("the proof opens on the sentence highlighted in its place, and leads to the whole fiche", {}, async (page) => {
  await ask(page, ANSWERED);
  const sentence = (await page.locator(".extract-text").first().innerText()).trim();
  await page.locator(".proof-link").first().click();
  const panel = page.getByRole("dialog");
  await panel.locator("mark").first().waitFor();
  assert.equal(await spoken(panel.locator("mark")), sentence);
  assert.match(await panel.innerText(), /mise à jour le/);
  await panel.getByRole("link", { name: "Ouvrir la fiche entière" }).click();
  await page.waitForURL(`${BASE}/fiches/**`);
  assert.equal(await spoken(page.locator("mark")), sentence);
});

journey("the same words with and without JavaScript", { path: answerPath(ANSWERED) }, async (page) => {
  await page.locator("[role=combobox]").waitFor();
  const plain = await page.context().browser().newContext({ javaScriptEnabled: false, locale: "fr-FR" });
  const other = await plain.newPage();
  for (const path of ["/", answerPath(ANSWERED), answerPath(TO_CHOOSE), answerPath(NOT_FOUND)]) {
    await page.goto(BASE + path);
    await page.locator("[role=combobox]").waitFor();
    await other.goto(BASE + path);
    assert.equal(await words(page), await words(other), path);
    assert.equal(await page.title(), await other.title(), path);
  }
  await plain.close();
});

journey("a suggestion leads to its fiche", {}, async (page) => {
  await page.getByLabel("Votre question").pressSequentially("carte d’identité");
  const option = page.getByRole("option").first();
  const title = await option.innerText();
  await option.click();
  await page.waitForURL(`${BASE}/fiches/**`);
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), title);
});

journey("the answer depends on a choice: one chooses, sees it, takes it back", {}, async (page) => {
  await ask(page, TO_CHOOSE);
  const choice = page.locator(".precision .choice").first();
  const label = await choice.innerText();
  const condition = await choice.locator("input").getAttribute("value");
  await choice.locator("label").click();
  await page.getByRole("button", { name: "Préciser" }).click();
  await page.locator(".chosen").waitFor();
  assert.ok((await page.locator(".chosen").innerText()).includes(condition), label);
  assert.deepEqual(new URL(page.url()).searchParams.getAll("condition"), [condition]);
  await page.getByRole("button", { name: /^Retirer/ }).click();
  await page.locator(".chosen").waitFor({ state: "detached" });
  assert.deepEqual(new URL(page.url()).searchParams.getAll("condition"), []);
});

for (const [name, question, status] of [["nothing found", NOT_FOUND, "not_found"], ["outside the field", OUT_OF_SCOPE, "out_of_scope"]]) {
  journey(`${name}: no sentence is shown, and where to ask is said`, { viewport: PHONE }, async (page) => {
    await ask(page, question);
    assert.equal(await page.locator(".answer-status").getAttribute("data-status"), status);
    assert.equal(await page.locator(".extract").count(), 0);
    assert.notEqual((await page.locator(".answer-message").innerText()).trim(), "");
    if (status === "not_found") await page.getByRole("heading", { name: "Où s’adresser" }).waitFor();
  });
}

journey("an emergency shows its numbers before anything else", { viewport: PHONE }, async (page) => {
  await ask(page, EMERGENCY);
  const first = page.locator("#assistant > *").first();
  assert.equal(await first.getAttribute("class"), "emergency");
  assert.match(await first.innerText(), /3114/);
});

journey("back and forward show what was asked, without asking again", {}, async (page) => {
  await ask(page, ANSWERED);
  await ask(page, OTHER_ANSWERED);
  await page.getByRole("heading", { level: 1, name: OTHER_ANSWERED }).waitFor();
  let asked = 0;
  page.on("request", (request) => (asked += request.url().endsWith("/api/v1/answers") ? 1 : 0));
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: ANSWERED }).waitFor();
  assert.ok(await page.locator(".extract").first().isVisible());
  await page.goForward();
  await page.getByRole("heading", { level: 1, name: OTHER_ANSWERED }).waitFor();
  await page.goBack();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: /^Une question/ }).waitFor();
  assert.ok(await page.locator(".promises").isVisible());
  assert.equal(asked, 0);
});

journey("back to a home page this document never had", { path: "/" }, async (page) => {
  await page.goto(BASE + answerPath(ANSWERED));
  await page.locator("[role=combobox]").waitFor();
  await page.evaluate(() => history.pushState(null, "", "/"));
  await ask(page, OTHER_ANSWERED);
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: /^Une question/ }).waitFor();
  await page.locator(".promises").waitFor();
});

journey("a server that fails is told plainly, and one can try again", { expectedErrors: /503/ }, async (page) => {
  let failing = true;
  await page.route("**/api/v1/answers", (route) =>
    failing ? route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ detail: "Le service est très demandé." }) })
            : route.continue());
  await ask(page, ANSWERED);
  assert.match(await page.locator(".answer").innerText(), /Le service est très demandé\./);
  failing = false;
  await page.getByRole("button", { name: "Réessayer" }).click();
  await page.locator(".extract").first().waitFor();
});

journey("an opinion is kept, with its reason", {}, async (page) => {
  await ask(page, ANSWERED);
  await page.getByLabel("Non", { exact: true }).check();
  await page.getByLabel(/^Qu’a-t-il manqué/).fill("le prix");
  const sent = page.waitForRequest("**/api/v1/feedback");
  const kept = page.waitForResponse("**/api/v1/feedback");
  await page.getByRole("button", { name: "Envoyer mon avis" }).click();
  const opinion = (await sent).postDataJSON();
  assert.equal(opinion.helpful, false);
  assert.equal(opinion.reason, "le prix");
  assert.ok(!("question" in opinion));
  assert.ok((await kept).ok());
  await page.getByText("Merci de votre avis.").waitFor();
});

journey("printed, the answer keeps its sources and drops its forms", { path: answerPath(ANSWERED) }, async (page) => {
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".site-menu", ".ask", ".opinion"]) assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  for (const shown of [".extract-text", ".source-title", ".source-date", ".provenance"]) assert.ok(await page.locator(shown).first().isVisible(), shown);
});

// The words of several marks that follow each other (a link may cut a mark).
async function spoken(marks) {
  return (await marks.allInnerTexts()).join("").trim();
}

async function words(page) {
  return (await page.locator("#assistant").innerText()).replace(/\s+/g, " ").trim();
}
