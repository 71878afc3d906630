// Keyboard and screen reader: the order of the focus, where it goes and comes back, what is announced.
import assert from "node:assert/strict";
import { announcements, ask, BASE, focused, journey, tabUntil } from "./browser.mjs";
import { ANSWERED, TO_CHOOSE } from "./questions.mjs";

async function tabs(page, count) {
  const names = [];
  for (let i = 0; i < count; ++i) {
    await page.keyboard.press("Tab");
    names.push(await focused(page));
  }
  return names;
}

journey("the focus follows the order of the page", {}, async (page) => {
  const names = await tabs(page, 6);
  assert.deepEqual([names[0], ...names.slice(2)], [
    "a Aller au contenu", "a Poser une question", "a Chercher une fiche", "input Votre question", "button Demander",
  ]);
  assert.match(names[1], /^a Beffroi/);
});

journey("the skip link leads to the content", {}, async (page) => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "contenu");
});

journey("the whole way by keyboard: question, answer, proof, and back where one was", {}, async (page) => {
  await tabUntil(page, /^input Votre question/);
  await page.keyboard.type(ANSWERED);
  await page.keyboard.press("Enter");
  await page.locator(".answer").waitFor();
  assert.match(await focused(page), /^h2 /);
  await tabUntil(page, /^button Vérifier dans la fiche/);
  const opener = await focused(page);
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog");
  await panel.locator("mark").first().waitFor();
  assert.ok(await panel.evaluate((element) => element.contains(document.activeElement)));
  for (const name of await tabs(page, 12)) assert.doesNotMatch(name, /Votre question|Demander|Aller au contenu/);
  assert.ok(await panel.evaluate((element) => element.contains(document.activeElement)), "le focus reste dans la preuve");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement !== document.body); // given back at the next frame
  assert.equal(await focused(page), opener);
});

journey("suggestions are reached with the arrows; Escape closes them; Enter asks what is written", {}, async (page) => {
  const box = page.getByRole("combobox", { name: "Votre question" });
  await box.pressSequentially("carte d’identité perdue");
  await page.getByRole("option").first().waitFor();
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = await box.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`[id="${active}"]`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  assert.equal(await box.inputValue(), "carte d’identité perdue");
  await page.keyboard.press("Enter");
  await page.locator(".answer").waitFor();
});

journey("a suggestion chosen with the keyboard opens its fiche", {}, async (page) => {
  await page.getByRole("combobox").pressSequentially("carte d’identité perdue");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${BASE}/fiches/**`);
});

journey("a choice is made with the arrows, and the focus goes to the new answer", {}, async (page) => {
  await ask(page, TO_CHOOSE);
  await tabUntil(page, /^input /);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".chosen").waitFor();
  assert.match(await focused(page), /^h2 /);
});

journey("the answer is announced once", {}, async (page) => {
  await page.locator("[role=combobox]").waitFor();
  const said = await announcements(page);
  await ask(page, ANSWERED);
  await page.waitForTimeout(500);
  const heard = (await said()).filter((text) => !text.includes("proposée"));
  assert.equal(heard.length, 1, heard.join(" | "));
  assert.match(heard[0], /^Réponse.* extraits? de \d+ fiches?\./);
});

journey("an opinion by keyboard, whose thanks take the focus", {}, async (page) => {
  await ask(page, ANSWERED);
  await tabUntil(page, /^input Oui/, 80);
  await page.keyboard.press("Space");
  await tabUntil(page, /^button Envoyer mon avis/);
  await page.keyboard.press("Enter");
  await page.getByText("Merci de votre avis.").waitFor();
  assert.match(await focused(page), /^p Merci de votre avis/);
});
