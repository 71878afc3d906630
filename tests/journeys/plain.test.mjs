// Without JavaScript: links and forms do it all.
import assert from "node:assert/strict";
import { answerPath, BASE, journey, PHONE } from "./browser.mjs";
import { ANSWERED, EMERGENCY, TO_CHOOSE } from "./questions.mjs";

const PLAIN = { javaScriptEnabled: false };

journey("plain: ask, read, open the proof on the highlighted sentence", { ...PLAIN, viewport: PHONE }, async (page) => {
  await page.getByLabel("Votre question").fill(ANSWERED);
  await page.getByRole("button", { name: "Demander" }).click();
  const sentence = (await page.locator(".extract-text").first().innerText()).trim();
  await page.locator(".proof-link").first().click();
  await page.waitForURL(`${BASE}/fiches/**`);
  assert.equal((await page.locator("mark").allInnerTexts()).join("").trim(), sentence);
  assert.match(page.url(), /#p\d+$/);
});

journey("plain: choose a situation, then take it back", { ...PLAIN, path: answerPath(TO_CHOOSE) }, async (page) => {
  await page.locator(".precision input[type=radio]").first().check();
  await page.getByRole("button", { name: "Préciser" }).click();
  await page.locator(".chosen").waitFor();
  await page.getByRole("link", { name: /^Retirer/ }).click();
  await page.waitForURL(BASE + answerPath(TO_CHOOSE).replaceAll("+", "%20"));
  assert.equal(await page.locator(".chosen").count(), 0);
});

journey("plain: give an opinion", { ...PLAIN, path: answerPath(ANSWERED) }, async (page) => {
  await page.getByLabel("Oui", { exact: true }).check();
  await page.getByRole("button", { name: "Envoyer mon avis" }).click();
  await page.getByRole("heading", { name: "Merci de votre avis" }).waitFor();
});

journey("plain: an emergency comes first", { ...PLAIN, path: answerPath(EMERGENCY) }, async (page) => {
  assert.equal(await page.locator("#assistant > *").first().getAttribute("class"), "emergency");
});

journey("plain: search, open a fiche, follow its contents", { ...PLAIN, path: "/recherche" }, async (page) => {
  await page.getByLabel("Mots à chercher").fill("carte d’identité");
  await page.getByRole("button", { name: "Chercher" }).click();
  const first = page.locator(".result-title a").first();
  const title = await first.innerText();
  await first.click();
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), title);
});

journey("plain: a page that does not exist says so and helps", { ...PLAIN, path: "/nulle-part", expectedErrors: /404/ }, async (page) => {
  await page.getByRole("heading", { level: 1, name: "Page introuvable" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Poser une question" }).click();
  await page.waitForURL(`${BASE}/`);
});

journey("hostile words are shown as words", { path: answerPath(`<img src=x onerror="document.title='pris'"><script>document.title='pris'</script>`) }, async (page) => {
  await page.locator(".answer").waitFor();
  assert.doesNotMatch(await page.title(), /^pris$/);
  assert.equal(await page.locator("main img").count(), 0);
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /<img src=x/);
});
