// An agent of the town hall: first sign in, sessions, keys, sign out; and two communes on one server.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ask, assertAccessible, assertNoSideScroll, BASE, focused, journey, PHONE, tabUntil } from "./browser.mjs";
import { addPerson, CHOSEN, choosePassword, enterAs, GIVEN, signIn } from "./people.mjs";
import { NOT_FOUND } from "./questions.mjs";
import { canStart, startServer } from "./server.mjs";

let server;
before(async () => {
  if (BASE === "" || !canStart()) return;
  server = await startServer();
  server.command(["commune", "add", "saint-paul", "--name", "Mairie de Saint-Paul", "--host", "localhost", "--telephone", "03 20 00 00 02"]);
});
after(() => server?.stop());

const HERE = { base: () => server.url };
const PLAIN = { ...HERE, javaScriptEnabled: false };
const person = (login, ...more) => addPerson(server, login, ...more);
const enter = (page, login) => enterAs(page, server, login);

journey("plain: the first sign in forces a new password, then leads where one wanted to go", { ...PLAIN, path: "/mon-compte" }, async (page) => {
  person("premiere");
  assert.match(page.url(), /\/connexion\?suite=%2Fmon-compte$/);
  await signIn(page, "premiere", GIVEN);
  assert.match(page.url(), /\/mot-de-passe/);
  await page.goto(`${server.url}/recherche`);
  assert.match(page.url(), /\/mot-de-passe$/);
  await page.goto(`${server.url}/mot-de-passe?suite=%2Fmon-compte`);
  await choosePassword(page);
  assert.match(page.url(), /\/mon-compte$/);
  await page.getByText("identifiant : premiere").waitFor();
  await page.getByText("celle-ci").waitFor();
});

journey("a wrong password is told in the form, by keyboard too, and the pages are accessible", { ...HERE, path: "/connexion", viewport: PHONE, expectedErrors: /401/ }, async (page) => {
  person("erreur");
  await assertAccessible(page, "connexion");
  await assertNoSideScroll(page, "connexion");
  await signIn(page, "erreur", "pas le bon");
  await page.getByRole("alert").getByText("n’est pas le bon").waitFor();
  await assertAccessible(page, "connexion refusée");
  assert.match(await page.title(), /^Erreur/);
  assert.equal(await page.getByLabel("Identifiant").inputValue(), "erreur");
  assert.equal(await page.getByLabel("Mot de passe", { exact: true }).inputValue(), "");
  await tabUntil(page, /^a L’identifiant ou le mot de passe/, 12);
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /^input Identifiant/);
  await signIn(page, "erreur", GIVEN);
  await assertAccessible(page, "premier mot de passe");
  await assertNoSideScroll(page, "premier mot de passe");
});

journey("a key is shown once, and revoked", { ...HERE, viewport: PHONE }, async (page) => {
  person("cles");
  await enter(page, "cles");
  await page.goto(`${server.url}/mon-compte`);
  await assertAccessible(page, "mon compte");
  await page.getByLabel("Nom de la clé").fill("Site de la mairie");
  await page.getByLabel("Chercher et poser des questions").check();
  await page.getByRole("button", { name: "Créer la clé" }).click();
  const key = (await page.locator("code.secret").innerText()).trim();
  assert.match(key, /^bfr_[a-z0-9-]+_[0-9a-f]{16}_[\w-]{43}$/);
  await assertAccessible(page, "clé créée");
  await assertNoSideScroll(page, "clé créée");
  const asked = () => fetch(`${server.url}/api/v1/suggest?q=passeport`, { headers: { Authorization: `Bearer ${key}` } });
  assert.equal((await asked()).status, 200);
  assert.equal((await fetch(`${server.url}/api/v1/metering`, { headers: { Authorization: `Bearer ${key}` } })).status, 403);
  await page.goto(`${server.url}/mon-compte`);
  assert.equal(await page.locator("code.secret").count(), 0);
  await page.getByRole("button", { name: /^Révoquer la clé « Site de la mairie »/ }).click();
  await page.getByText("Révoquée.").waitFor();
  const refused = await asked();
  assert.equal(refused.status, 401);
  assert.match((await refused.json()).detail, /fausse, expirée ou révoquée/);
});

journey("signed in, the interface asks and gives an opinion; signed out, the address is shut", HERE, async (page) => {
  person("usage");
  await enter(page, "usage");
  await page.goto(server.url);
  await ask(page, NOT_FOUND);
  await page.getByLabel("Non").check();
  await page.getByRole("button", { name: "Envoyer mon avis" }).click();
  await page.getByText("Merci").first().waitFor();
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await page.getByRole("link", { name: "Espace des agents" }).waitFor();
  await page.goto(`${server.url}/mon-compte`);
  assert.match(page.url(), /\/connexion\?suite=%2Fmon-compte$/);
});

journey("a session that was ended elsewhere leads to sign in, says so, and comes back", HERE, async (page) => {
  person("finie");
  await enter(page, "finie");
  server.command(["user", "sessions", "finie", "--close"]);
  await page.goto(`${server.url}/recherche?q=passeport`);
  await page.getByText("Votre session est terminée").waitFor();
  await signIn(page, "finie", CHOSEN);
  assert.match(page.url(), /\/recherche\?q=passeport$/);
  server.command(["user", "disable", "finie"]);
  await page.goto(`${server.url}/mon-compte`);
  assert.match(page.url(), /\/connexion\?fin=1/);
});

journey("two communes on one server: each its town hall, and an account of one is nobody at the other", { ...HERE, base: () => server.url.replace("127.0.0.1", "localhost"), path: "/connexion", expectedErrors: /401/ }, async (page) => {
  person("voisine");
  assert.match(await page.locator(".brand-hall").innerText(), /Mairie de Saint-Paul/);
  await signIn(page, "voisine", GIVEN);
  await page.getByRole("alert").getByText("n’est pas le bon").waitFor();
  await page.goto(server.url.replace("127.0.0.1", "localhost"));
  await ask(page, NOT_FOUND);
  assert.match(await page.locator(".answer").innerText(), /03 20 00 00 02/);
  assert.doesNotMatch(await page.content(), /Beffroi-sur-Lys/);
});
