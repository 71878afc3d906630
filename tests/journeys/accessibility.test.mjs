// axe on every page and every state, on a desk and a phone, in light and dark; reflow at 400 %; targets a finger can reach.
import assert from "node:assert/strict";
import { answerPath, ask, assertAccessible, assertNoSideScroll, BASE, DESK, journey, PHONE } from "./browser.mjs";
import { ANSWERED, EMERGENCY, NOT_FOUND, OUT_OF_SCOPE, PUBLICATION, TO_CHOOSE } from "./questions.mjs";

// Each state: how to come to it from the home page.
const STATES = {
  "accueil": async () => undefined,
  "suggestions": async (page) => {
    await page.getByRole("combobox").pressSequentially("carte d’identité");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
  },
  "réponse": (page) => ask(page, ANSWERED),
  "preuve": async (page) => {
    await ask(page, ANSWERED);
    await page.locator(".proof-link").first().click();
    await page.getByRole("dialog").locator("mark").first().waitFor();
  },
  "à préciser": (page) => ask(page, TO_CHOOSE),
  "situation choisie": async (page) => {
    await ask(page, TO_CHOOSE);
    await page.locator(".precision label").first().click();
    await page.getByRole("button", { name: "Préciser" }).click();
    await page.locator(".chosen").waitFor();
  },
  "pas de réponse": (page) => ask(page, NOT_FOUND),
  "hors du domaine": (page) => ask(page, OUT_OF_SCOPE),
  "urgence": (page) => ask(page, EMERGENCY),
  "réseau absent": async (page) => {
    await page.route("**/api/v1/answers", (route) => route.abort());
    await ask(page, ANSWERED);
  },
  "avis envoyé": async (page) => {
    await ask(page, ANSWERED);
    await page.getByLabel("Oui", { exact: true }).check();
    await page.getByRole("button", { name: "Envoyer mon avis" }).click();
    await page.getByText("Merci de votre avis.").waitFor();
  },
};
const PAGES = {
  "réponse écrite par le serveur": answerPath(ANSWERED),
  "recherche": "/recherche",
  "résultats": "/recherche?q=passeport",
  "aucun résultat": "/recherche?q=zzzyxw",
  "fiche": `/fiches/${PUBLICATION}`,
  "accessibilité": "/accessibilite",
  "confidentialité": "/confidentialite",
  "merci": "/avis",
  "erreur": "/nulle-part",
};
for (const [name, path] of Object.entries(PAGES)) STATES[name] = (page) => page.goto(BASE + path);

const EXPECTED = /404|ERR_FAILED/; // the page that does not exist, and the network cut on purpose

for (const [device, viewport] of [["ordinateur", DESK], ["téléphone", PHONE]]) {
  for (const colorScheme of ["light", "dark"]) {
    journey(`axe: every page and state, ${device}, ${colorScheme}`, { viewport, colorScheme, expectedErrors: EXPECTED }, async (page) => {
      for (const [name, come] of Object.entries(STATES)) {
        await page.unrouteAll();
        await page.goto(`${BASE}/`);
        await page.locator("[role=combobox]").waitFor();
        await come(page);
        await assertAccessible(page, name);
        await assertNoSideScroll(page, name);
      }
    });
  }
}

journey("at 400 % nothing scrolls sideways", { viewport: { width: 320, height: 256 }, expectedErrors: EXPECTED }, async (page) => {
  for (const [name, come] of Object.entries(STATES)) {
    await page.unrouteAll();
    await page.goto(`${BASE}/`);
    await page.locator("[role=combobox]").waitFor();
    await come(page);
    await assertNoSideScroll(page, name);
  }
});

journey("what a finger presses is at least 44 px high", { viewport: PHONE, hasTouch: true }, async (page) => {
  await ask(page, TO_CHOOSE);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, .button, input[type=text], textarea, .choice, .site-menu a, .site-footer-links a, .proof-link")]
      .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML.slice(0, 100)));
  assert.deepEqual(small, []);
});

journey("who asks for less motion gets none", { reducedMotion: "reduce", path: "/" }, async (page) => {
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")]
    .filter((element) => {
      const style = getComputedStyle(element);
      return style.animationName !== "none" || style.transitionDuration !== "0s" || style.scrollBehavior === "smooth";
    }).length);
  assert.equal(moving, 0);
});
