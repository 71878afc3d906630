// The planner of canteens, with plain links and forms: import, check the mapping, forecast, decide otherwise, serve, review; axe on each page, and a
// phone without side scroll.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before } from "node:test";
import { assertAccessible, assertNoSideScroll, BASE, journey, PHONE } from "./browser.mjs";
import { attendanceCsv, holidaysCsv, iso, plus, today } from "./canteen_town.mjs";
import { addPerson, CHOSEN, enterAs, signIn } from "./people.mjs";
import { canStart, startServer } from "./server.mjs";

let server;
before(async () => {
  if (BASE !== "" && canStart()) server = await startServer();
});
after(() => server?.stop());

const HERE = { base: () => server.url, path: "/connexion" };

const PAGES = ["", "/previsions", "/servis", "/bilan", "/calendrier", "/greves", "/import", "/reglages"].map((page) => `/cantines${page}`);

async function importText(page, text) {
  await page.goto(new URL("/cantines/import", page.url()).href);
  await page.getByLabel("Ou le texte, collé ici").fill(text);
  await page.getByRole("button", { name: "Lire le fichier" }).click();
  await page.getByRole("heading", { level: 1, name: "Vérifier le fichier avant l’import" }).waitFor();
}

async function importFile(page, name, text) {
  await page.goto(new URL("/cantines/import", page.url()).href);
  await page.getByLabel("Fichier CSV").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Lire le fichier" }).click();
  await page.getByText(`«\u00a0${name}\u00a0»`).waitFor();
}

const confirm = async (page) => {
  await page.getByRole("button", { name: "Importer ce fichier" }).click();
  await page.getByText("Le fichier est importé.").waitFor();
};

// Pictures, on a phone and at a desk, to be looked at by a person: SHOTS=folder.
async function pictured(page, what) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  const before = page.viewportSize();
  for (const [name, size] of [["telephone", PHONE], ["bureau", { width: 1280, height: 900 }]]) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${process.env.SHOTS}/${what.replace(/[^\p{L}\d]+/gu, "-")}-${name}.png`, fullPage: true });
  }
  await page.setViewportSize(before);
}

async function checked(page, what) {
  await pictured(page, what);
  await assertAccessible(page, what);
  await assertNoSideScroll(page, what);
}

async function forecast(page) {
  await page.goto(new URL("/cantines", page.url()).href);
  await page.getByRole("button", { name: "Prévoir de nouveau" }).click();
  for (let attempt = 0; attempt < 100; ++attempt) {
    if (await page.getByText("Prévision faite.").count()) return;
    await new Promise((later) => setTimeout(later, 300));
    await page.goto(new URL("/cantines/previsions", page.url()).href);
  }
  assert.fail(`la prévision ne finit pas : ${await page.locator("main").innerText()}`);
}

journey("planner: import, check, forecast, decide, serve, review", { ...HERE, viewport: PHONE }, async (page) => {
  addPerson(server, "planificatrice");
  await enterAs(page, server, "planificatrice");
  await importText(page, holidaysCsv());
  await confirm(page);
  await page.goto(new URL("/cantines/reglages", page.url()).href);
  await page.getByLabel("Zone de vacances scolaires").selectOption("B");
  await page.getByRole("button", { name: "Enregistrer les réglages" }).click();

  // Whatever the day of this test, the canteens serve: a local decision wins over weekends and holidays.
  await page.goto(new URL("/cantines/calendrier", page.url()).href);
  await page.getByLabel("Jour", { exact: true }).fill(iso(today()));
  await page.getByLabel("Ce jour-là, les cantines sont").selectOption("oui");
  await page.getByLabel("Pourquoi").fill("journée de rattrapage");
  await page.getByRole("button", { name: "Enregistrer ce jour" }).click();
  await page.getByText("Le calendrier est modifié.").waitFor();

  await importFile(page, "repas.csv", attendanceCsv());
  assert.equal(await page.getByRole("button", { name: "Importer ce fichier" }).count(), 0, "les dates sont demandées d’abord");
  await checked(page, "vérification du fichier");
  await page.getByLabel(/^jour\/mois\/année/).check();
  await page.getByRole("button", { name: "Relire avec ces réponses" }).click();
  await page.getByText("3 cantines nouvelles").waitFor();
  await checked(page, "fichier prêt");
  await confirm(page);

  await forecast(page);
  await page.getByRole("link", { name: "Voir les commandes" }).click();
  await checked(page, "commandes");
  const first = page.getByRole("row", { name: /^Sully/ }).getByRole("link").first();
  const proposed = Number((await first.innerText()).replace(/.*:/s, "").replace(/\D/g, ""));
  assert.ok(proposed > 100 && proposed < 140, `commande proposée : ${proposed}`);
  await first.click();
  await page.getByRole("heading", { name: "Pourquoi ce chiffre" }).waitFor();
  await checked(page, "un jour d’une cantine");
  await page.getByLabel("Repas à commander").fill("97");
  await page.getByLabel("Raison de la décision").fill("sortie de deux classes");
  await page.getByRole("button", { name: "Enregistrer la commande" }).click();
  await page.getByText("La commande est enregistrée.").waitFor();
  await page.getByText(/97 repas au lieu de/).waitFor();

  // The day is over: what was served stands beside what had been forecast.
  await page.goto(new URL(`/cantines/servis?jour=${iso(today())}`, page.url()).href);
  await page.getByLabel("Sully").fill("104");
  await page.getByRole("button", { name: "Enregistrer les repas servis" }).click();
  await page.getByText("Les repas servis sont enregistrés.").waitFor();
  await page.goto(new URL("/cantines/bilan", page.url()).href);
  await page.getByText("Les plus grandes erreurs de la prévision").waitFor();
  await page.getByRole("row", { name: /Commande des agents, les mêmes jours/ }).waitFor();
  await page.getByRole("link", { name: "Sully" }).last().click();
  await page.getByRole("img", { name: /^Repas servis, prévus et commandés/ }).waitFor();
  await checked(page, "bilan d’une cantine");

  for (const path of PAGES) {
    await page.goto(new URL(path, page.url()).href);
    await checked(page, path);
    await page.emulateMedia({ colorScheme: "dark" });
    await assertAccessible(page, `${path}, sombre`);
    await page.emulateMedia({ colorScheme: "light" });
  }
});

journey("planner: a strike changes the orders and nothing else", HERE, async (page) => {
  await signIn(page, "planificatrice", CHOSEN);
  await page.getByRole("link", { name: "Cantines" }).first().click();
  await page.getByRole("link", { name: "Grèves et fermetures" }).click();
  let strike = plus(today(), 7);
  while (![1, 2, 4, 5].includes(strike.getUTCDay())) strike = plus(strike, 1);
  await page.getByLabel("Jour", { exact: true }).fill(iso(strike));
  await page.getByLabel("Raison").fill("grève nationale");
  await page.getByLabel(/^Fréquentation attendue/).fill("30");
  await page.getByLabel("Molière").check();
  await page.getByRole("button", { name: "Enregistrer ce jour" }).click();
  await page.getByText("Le jour est enregistré.").waitFor();
  await page.goto(new URL(`/cantines?du=${iso(strike)}`, page.url()).href);
  await page.getByText("fermée").first().waitFor();
  await checked(page, "commandes un jour de grève");
});
