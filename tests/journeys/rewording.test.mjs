// « Plus simplement », « Facile à lire », « Rédiger »: with a scripted model behind the adapter the program ships with.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { announcements, answerPath, ask, assertAccessible, assertNoSideScroll, BASE, DESK, focused, journey, PHONE, tabUntil } from "./browser.mjs";
import { faithful, lying, never, startModel } from "./model.mjs";
import { NOT_FOUND, REWORDABLE } from "./questions.mjs";
import { canStart, startServer } from "./server.mjs";

let model, server;
before(async () => {
  if (BASE === "" || !canStart()) return;
  model = await startModel();
  server = await startServer(`[upstream]\nurl = "${model.url}"\nmodel = "essai"\n`);
});
after(() => {
  server?.stop();
  model?.stop();
});

const WITH_MODEL = { base: () => server.url };
const result = (page) => page.locator(".rewording-result");
const finished = (page) => page.locator(".rewording-result .cost").waitFor();

async function reword(page, way, script = faithful) {
  model.script = script;
  await page.locator(".rewording").waitFor();
  await page.getByRole("button", { name: way }).click();
}

journey("reworded: each sentence says whose words it has, shows the official ones and its proof", WITH_MODEL, async (page) => {
  await ask(page, REWORDABLE);
  const extracts = (await page.locator(".source .extract-text").allInnerTexts()).map((text) => text.trim());
  await reword(page, "Plus simplement");
  await finished(page);
  assert.match(await result(page).innerText(), /reformulé par un modèle de langue/);
  const marks = await result(page).locator(".reworded-mark").allInnerTexts();
  assert.ok(marks.includes("Reformulé"), marks.join());
  assert.ok(marks.every((mark) => mark === "Reformulé" || mark === "Texte officiel"));
  const original = result(page).locator(".original").first();
  assert.equal(await original.locator("blockquote").isVisible(), false);
  await original.locator("summary").click();
  assert.ok(extracts.includes((await original.locator("blockquote").innerText()).trim()));
  await result(page).locator(".proof-link").first().click();
  await page.getByRole("dialog").locator("mark").first().waitFor();
  await page.keyboard.press("Escape");
  assert.match(await result(page).locator(".cost").innerText(), /^Modèle essai@127\.0\.0\.1.*\s:\s\d+ fragments de mots lus.*énergie\s:\sinconnue\.$/);
  assert.match(await page.locator(".answer-cost").innerText(), /Sans modèle\s:\s0\.$/);
});

journey("a model that lies is never read: the official words stay", WITH_MODEL, async (page) => {
  await ask(page, REWORDABLE);
  await reword(page, "Facile à lire", lying);
  await finished(page);
  assert.doesNotMatch(await page.locator("#assistant").innerText(), /gratuit, sans aucune condition|2099/);
  assert.deepEqual([...new Set(await result(page).locator(".reworded-mark").allInnerTexts())], ["Texte officiel"]);
  assert.match(await result(page).locator(".answer-message").innerText(), /rien écrit qui passe la vérification/);
});

journey("a paragraph for a letter names its fiche and its date", WITH_MODEL, async (page) => {
  await ask(page, REWORDABLE);
  await reword(page, "Rédiger pour un courrier");
  await finished(page);
  assert.match(await page.getByLabel("Paragraphe à relire et à copier").inputValue(), /^Voici ce qu’indique la fiche officielle «.+», mise à jour le .+\d{4}/);
});

journey("stopped by its button, the model is let go at once and the answer stays", WITH_MODEL, async (page) => {
  await ask(page, REWORDABLE);
  const left = model.left;
  await reword(page, "Plus simplement", never);
  await page.getByText("Le modèle écrit").waitFor();
  await page.getByRole("button", { name: "Arrêter" }).click();
  await page.getByText("Arrêté à votre demande.").first().waitFor();
  assert.match(await focused(page), /^h4 Plus simplement/);
  await eventually(() => model.left > left);
  assert.ok(await page.locator(".source .extract-text").first().isVisible());
  await reword(page, "Facile à lire"); // and it can be asked again
  await finished(page);
});

journey("a tab that closes lets the model go", WITH_MODEL, async (page) => {
  await ask(page, REWORDABLE);
  const left = model.left;
  await reword(page, "Plus simplement", never);
  await page.getByText("Le modèle écrit").waitFor();
  await page.goto(`${server.url}/confidentialite`);
  await eventually(() => model.left > left);
});

journey("by keyboard, announced once, and the focus stays where it was", WITH_MODEL, async (page) => {
  await ask(page, REWORDABLE);
  await page.locator(".rewording").waitFor();
  model.script = faithful;
  const said = await announcements(page);
  await tabUntil(page, /^button Plus simplement/, 60);
  await page.keyboard.press("Enter");
  await finished(page);
  await page.waitForTimeout(300);
  const heard = await said();
  assert.equal(heard.length, 1, heard.join(" | "));
  assert.match(heard[0], /^Plus simplement\s:\s\d+ phrases?, dont \d+ reformulées?\./);
  assert.match(await focused(page), /^button Plus simplement/);
  await tabUntil(page, /^summary Voir le texte officiel/);
  await page.keyboard.press("Enter");
  assert.ok(await result(page).locator(".original blockquote").first().isVisible());
});

journey("plain: the same without JavaScript", { ...WITH_MODEL, javaScriptEnabled: false, path: answerPath(REWORDABLE), viewport: PHONE }, async (page) => {
  await reword(page, "Plus simplement");
  await page.getByRole("heading", { level: 2, name: "Plus simplement" }).waitFor();
  assert.ok((await page.locator(".reworded-mark").allInnerTexts()).includes("Reformulé"));
  await page.locator(".original summary").first().click();
  assert.ok(await page.locator(".original blockquote").first().isVisible());
  await page.getByRole("link", { name: "Revenir à la réponse" }).click();
  await page.locator(".extract-text").first().waitFor();
});

journey("the same words with and without JavaScript, a model being there", { ...WITH_MODEL, path: answerPath(REWORDABLE) }, async (page) => {
  await page.locator("div.rewording-choices").waitFor();
  const plain = await page.context().browser().newContext({ javaScriptEnabled: false, locale: "fr-FR" });
  const other = await plain.newPage();
  await other.goto(server.url + answerPath(REWORDABLE));
  const words = async (of) => (await of.locator("#assistant").innerText()).replace(/\s+/g, " ").trim();
  assert.equal(await words(page), await words(other));
  await plain.close();
});

journey("without a model, or without sentences, nothing of it is offered", {}, async (page) => {
  await ask(page, REWORDABLE);
  await page.waitForTimeout(300);
  assert.doesNotMatch(await page.locator("#assistant").innerText(), /reformul|à fond/i);
  assert.match(await page.locator(".answer-cost").innerText(), /Sans modèle\s:\s0\.$/);
  if (server) {
    await page.context().newPage().then(async (other) => {
      await other.goto(server.url + answerPath(NOT_FOUND));
      await other.waitForTimeout(300);
      assert.equal(await other.locator(".rewording").count(), 0);
    });
  }
});

for (const [device, viewport] of [["ordinateur", DESK], ["téléphone", PHONE]]) {
  for (const colorScheme of ["light", "dark"]) {
    journey(`axe: reworded, ${device}, ${colorScheme}`, { ...WITH_MODEL, viewport, colorScheme }, async (page) => {
      await ask(page, REWORDABLE);
      await page.locator(".rewording").waitFor();
      await assertAccessible(page, "avant");
      await reword(page, "Plus simplement", never);
      await page.getByText("Le modèle écrit").waitFor();
      await assertAccessible(page, "pendant");
      await reword(page, "Rédiger pour un courrier");
      await finished(page);
      await result(page).locator("summary").first().click();
      await assertAccessible(page, "après");
      await assertNoSideScroll(page, "après");
      const small = await page.evaluate(() => [...document.querySelectorAll(".rewording :is(button, summary, textarea)")]
        .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height < 44).map((element) => element.outerHTML.slice(0, 100)));
      assert.deepEqual(small, []);
    });
  }
}

journey("axe: reworded, the plain page", { ...WITH_MODEL, path: answerPath(REWORDABLE), viewport: { width: 320, height: 256 } }, async (page) => {
  model.script = faithful;
  await page.evaluate((question) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: "/reformulation" });
    for (const [name, value] of [["q", question], ["style", "letter_paragraph"]]) form.append(Object.assign(document.createElement("input"), { name, value }));
    document.body.append(form);
    form.submit();
  }, REWORDABLE);
  await page.getByRole("heading", { level: 2, name: "Rédiger pour un courrier" }).waitFor();
  await assertAccessible(page, "page sans JavaScript");
  await assertNoSideScroll(page, "page sans JavaScript");
});

// Generous: what matters is that it happens, on a machine that may be doing other things.
async function eventually(isSo, within = 20_000) {
  for (const end = Date.now() + within; Date.now() < end; await new Promise((later) => setTimeout(later, 50))) {
    if (isSo()) return;
  }
  assert.fail("n’arrive pas à temps");
}
