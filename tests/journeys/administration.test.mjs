// The administration: a syndicate makes a commune and its first administrator; that one chooses a password, gives accounts, roles, keys, looks
// at what needs attention, and cannot go where they may not. axe and a phone without side scroll on every page.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { assertAccessible, assertNoSideScroll, BASE, DESK, focused, journey, PHONE, tabUntil } from "./browser.mjs";
import { choosePassword, CHOSEN, GIVEN, signIn } from "./people.mjs";
import { canStart, startServer } from "./server.mjs";

let server;
before(async () => {
  if (BASE === "" || !canStart()) return;
  server = await startServer();
  server.command(["commune", "add", "syndicat", "--name", "Syndicat de la Lys", "--is-syndicate", "--host", "localhost"]);
  server.command(["user", "add", "dominique", "--commune", "syndicat", "--name", "Dominique Petit", "--role", "syndicate_administrator", "--stdin"], `${GIVEN}\n`);
  server.command(["user", "add", "autre", "--name", "Autre Personne", "--role", "agent", "--stdin"], `${GIVEN}\n`);
});
after(() => server?.stop());

const at = (host) => () => server.url.replace("127.0.0.1", host);
const SYNDICATE = { base: at("localhost"), path: "/connexion", expectedErrors: /422/ };
const COMMUNE = { base: at("saint-jean.localhost"), path: "/connexion" };

// Pictures of every page, to be looked at by a person: SHOTS=folder.
async function checked(page, name) {
  for (const [width, size] of [["1280", DESK], ["390", PHONE]]) {
    await page.setViewportSize(size);
    await assertAccessible(page, `${name} à ${width}`);
    await assertNoSideScroll(page, `${name} à ${width}`);
    if (!process.env.SHOTS) continue;
    mkdirSync(process.env.SHOTS, { recursive: true });
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png`, fullPage: true });
  }
}
const open = async (page, path, name) => {
  const reply = await page.goto(new URL(path, page.url()).href);
  assert.equal(reply.status(), 200, path);
  if (name) await checked(page, name);
};
const secret = async (page) => (await page.locator("code.secret").innerText()).trim();
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();

test("Prometheus reads the figures with a key that may, and nobody else does", { skip: BASE === "" }, async () => {
  const read = (key) => fetch(`${server.url}/metrics`, { headers: key ? { Authorization: `Bearer ${key}` } : {} });
  assert.equal((await read()).status, 401);
  server.command(["user", "add", "chef", "--name", "Une Chef", "--role", "commune_administrator", "--stdin"], `${GIVEN}\n`);
  const made = (right) => JSON.parse(server.command(["user", "key", "chef", "--name", right, "--right", right, "--days", "30", "--json"])).key;
  assert.equal((await read(made("ask"))).status, 403);
  const reply = await read(made("see_health"));
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  assert.match(reply.headers.get("x-request-id"), /^[0-9a-f]{8}-[0-9a-f]+$/);
  const figures = await reply.text();
  assert.match(figures, /^beffroi_http_requests_total\{method="GET",route="\/metrics",status="401"\} 1$/m);
  assert.doesNotMatch(figures, /syndicat|demo|Chef/);
});

let first; // password of the commune's first administrator

journey("the syndicate makes a commune and its first administrator", SYNDICATE, async (page) => {
  await signIn(page, "dominique", GIVEN);
  await choosePassword(page);
  await open(page, "/administration", "accueil-syndicat");
  await page.getByText("Aucune sauvegarde n’a encore été faite").waitFor();
  await open(page, "/administration/communes", "communes-vide");
  await page.getByLabel("Nom", { exact: true }).fill("Mairie de Saint-Jean");
  await page.getByLabel("Nom court").fill("Saint Jean");
  await page.getByLabel("Adresse de ses pages").fill("saint-jean.localhost");
  await page.getByLabel("Prénom et nom de son premier administrateur").fill("Claude Roux");
  await page.getByLabel("Son identifiant").fill("claude@saint-jean.fr");
  await page.getByRole("button", { name: "Créer la commune" }).click();
  await page.getByRole("alert").getByText("minuscules sans accent").waitFor();
  await checked(page, "communes-refus");
  assert.equal(await page.getByLabel("Nom", { exact: true }).inputValue(), "Mairie de Saint-Jean");
  await page.getByLabel("Nom court").fill("saint-jean");
  await page.getByRole("button", { name: "Créer la commune" }).click();
  first = await secret(page);
  await checked(page, "communes-creee");
  await page.getByRole("link", { name: "Mairie de Saint-Jean" }).click();
  await heading(page, "Mairie de Saint-Jean");
  await checked(page, "commune");
  await page.getByRole("link", { name: "Suspendre la commune" }).click();
  await checked(page, "commune-suspendre");
  await page.getByRole("button", { name: "Oui, suspendre" }).click();
  await page.getByText("La commune est suspendue").waitFor();
  await page.getByRole("button", { name: "Rouvrir la commune" }).click();
  await page.getByText("La commune est ouverte").waitFor();
});

journey("a commune of another syndicate, or of none, is not found", { ...SYNDICATE, expectedErrors: /404/ }, async (page) => {
  await signIn(page, "dominique", CHOSEN);
  assert.equal((await page.goto(new URL("/administration/communes/demo", page.url()).href)).status(), 404);
});

journey("the commune's administrator gives accounts, roles, groups", { ...COMMUNE, expectedErrors: /403|422/ }, async (page) => {
  await signIn(page, "claude@saint-jean.fr", first);
  await choosePassword(page, first);
  await open(page, "/administration", "accueil-commune");
  for (const path of ["/administration/communes", "/administration/communes/demo"]) {
    assert.equal((await page.goto(new URL(path, page.url()).href)).status(), 403, path);
  }
  await open(page, "/administration/personnes", "personnes");
  assert.doesNotMatch(await page.content(), /Autre Personne|Dominique Petit/);
  await page.getByLabel("Prénom et nom").fill("Inès Moreau");
  await page.getByLabel("Identifiant", { exact: true }).fill("ines");
  await page.getByLabel("Dans un seul service").fill("État civil");
  await page.getByRole("button", { name: "Créer le compte" }).click();
  assert.match(await secret(page), /^[a-z0-9]{4}(-[a-z0-9]{4})+$/);
  await checked(page, "personne-creee");
  await page.getByLabel("Chercher une personne").fill("ines");
  await page.getByRole("button", { name: "Chercher" }).click();
  assert.equal(await page.locator("tbody tr").count(), 1);
  await page.getByRole("link", { name: "Inès Moreau" }).click();
  await page.getByText("Agent (service etat-civil)", { exact: true }).waitFor();
  await checked(page, "personne");
  await page.getByLabel("Ajouter un rôle").selectOption("validator");
  await page.getByRole("button", { name: "Ajouter ce rôle" }).click();
  await page.getByRole("button", { name: "Retirer le rôle Valideur" }).click();
  await page.getByRole("button", { name: "Retirer le rôle Valideur" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Suspendre le compte" }).click();
  await checked(page, "personne-suspendre");
  await page.getByRole("button", { name: "Oui, suspendre" }).click();
  await page.getByText("Le compte est suspendu").waitFor();
  await page.getByRole("button", { name: "Rouvrir le compte" }).click();
  await page.getByText("Le compte est rouvert").waitFor();
  await open(page, "/administration/groupes", "groupes");
  await page.getByLabel("Nom du groupe").fill("Service de la restauration");
  await page.getByLabel("Groupe du fournisseur d’identité").fill("cantines");
  await page.getByRole("button", { name: "Créer le groupe" }).click();
  await heading(page, "Service de la restauration");
  await page.getByLabel("Ajouter une personne").selectOption({ label: "Inès Moreau (ines)" });
  await page.getByRole("button", { name: "Ajouter au groupe" }).click();
  await page.getByRole("button", { name: "Retirer Inès Moreau du groupe" }).waitFor();
  await page.getByLabel("Ajouter un rôle").selectOption("reader");
  await page.getByRole("button", { name: "Enregistrer le groupe" }).click();
  await page.getByText("Le groupe est enregistré").waitFor();
  assert.equal(await page.getByRole("group", { name: "Rôles donnés à ses membres" }).getByRole("checkbox", { checked: true }).count(), 2);
  await checked(page, "groupe");
});

journey("one does not shut oneself out", { ...COMMUNE, expectedErrors: /422/ }, async (page) => {
  await signIn(page, "claude@saint-jean.fr", CHOSEN);
  await open(page, "/administration/personnes");
  await page.getByRole("link", { name: "Claude Roux" }).last().click();
  assert.equal(await page.getByRole("link", { name: "Suspendre le compte" }).count(), 0);
  await page.getByRole("button", { name: /Retirer le rôle Administrateur de la commune/ }).click();
  await page.getByRole("alert").getByText("votre propre rôle").waitFor();
  await checked(page, "soi-meme");
});

journey("a key is made, shown once, works, is revoked", COMMUNE, async (page) => {
  await signIn(page, "claude@saint-jean.fr", CHOSEN);
  await open(page, "/administration/cles", "cles");
  await page.getByLabel("Nom de la clé").fill("Site de la mairie");
  await page.getByLabel("Chercher et poser des questions").check();
  await page.getByRole("button", { name: "Créer la clé" }).click();
  const key = await secret(page);
  await checked(page, "cle-creee");
  const asked = async () => (await fetch(`${server.url}/api/v1/suggest?q=passeport`, { headers: { Authorization: `Bearer ${key}` } })).status;
  assert.notEqual(await asked(), 401);
  await open(page, "/administration/cles");
  assert.equal(await page.locator("code.secret").count(), 0);
  await page.getByRole("link", { name: "Révoquer la clé Site de la mairie" }).click();
  await checked(page, "cle-revoquer");
  await page.getByRole("button", { name: "Oui, révoquer" }).click();
  await page.getByText("La clé est révoquée").waitFor();
  assert.equal(await asked(), 401);
});

journey("the town hall's details, a grant to the syndicate, the jobs", { ...COMMUNE, expectedErrors: /422/ }, async (page) => {
  await signIn(page, "claude@saint-jean.fr", CHOSEN);
  await open(page, "/administration/mairie", "mairie");
  await page.getByLabel("Nom", { exact: true }).fill("Mairie de Saint-Jean-lès-Lille");
  await page.getByLabel("Téléphone").fill("03 20 00 00 01");
  await page.getByLabel("Site de la mairie").fill("https://saint-jean.exemple.fr");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("coordonnées de la mairie sont enregistrées").waitFor();
  await page.getByText("Mairie de Saint-Jean-lès-Lille").first().waitFor();
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Quotas" }).click();
  await heading(page, "Quotas de l’API");
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Quotas" }).and(page.locator("[aria-current=page]")).waitFor();
  await checked(page, "quotas");
  await open(page, "/administration/autorisations", "autorisations");
  await page.getByLabel("Ce qui est ouvert, et pourquoi").fill("Le syndicat peut lire les documents de la cantine.");
  await page.getByLabel("Jusqu’au").fill(new Date(Date.now() + 30 * 86400e3).toISOString().slice(0, 10));
  await page.getByRole("button", { name: "Donner l’autorisation" }).click();
  await page.getByText("En vigueur jusqu’au").waitFor();
  await checked(page, "autorisation-donnee");
  await page.getByRole("link", { name: /^Retirer/ }).click();
  await page.getByRole("button", { name: "Oui, retirer" }).click();
  await page.getByText("L’autorisation est retirée").waitFor();
  await open(page, "/administration/taches", "taches");
  await open(page, "/administration/sante", "sante");
  await page.getByText("Base officielle").or(page.getByText("Fiche la plus récente")).first().waitFor();
  await open(page, "/administration/modeles", "modeles");
  await page.getByText("Aucun modèle de langue n’est configuré").waitFor();
});

journey("by keyboard: the menu and a form are reached in order", COMMUNE, async (page) => {
  await signIn(page, "claude@saint-jean.fr", CHOSEN);
  await open(page, "/administration");
  await tabUntil(page, /^a Personnes/, 30);
  await page.keyboard.press("Enter");
  await heading(page, "Personnes");
  await tabUntil(page, /^input Prénom et nom/, 60);
  await page.keyboard.type("Noé Petit");
  assert.match(await focused(page), /^input Prénom et nom/);
});
