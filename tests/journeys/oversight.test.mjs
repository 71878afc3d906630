// The charter, the journal, the retention, the register, the requests of persons: an agent, the delegate, the administrator.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { answerPath, assertAccessible, assertNoSideScroll, BASE, DESK, journey, PHONE } from "./browser.mjs";
import { faithful, startModel } from "./model.mjs";
import { addPerson, CHOSEN, enterAs, signIn } from "./people.mjs";
import { REWORDABLE } from "./questions.mjs";
import { canStart, startServer } from "./server.mjs";

let model, server;
before(async () => {
  if (BASE === "" || !canStart()) return;
  model = await startModel();
  model.script = faithful;
  server = await startServer(`[upstream]\nurl = "${model.url}"\nmodel = "essai"\n`);
});
after(() => {
  server?.stop();
  model?.stop();
});

const HERE = { base: () => server.url };
const PLAIN = { ...HERE, javaScriptEnabled: false };
const COMMUNE = "demo";
const run = (...words) => server.command(words);
const named = (login, name, role) =>
  server.command(["user", "add", login, "--name", name, "--role", role, "--stdin"], "trois chevaux bleus\n");
const go = (page, path) => page.goto(server.url + path);

// A picture of each page, when somebody wants to look at them.
const shown = (page, name) => (process.env.SCREENSHOTS ? page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true }) : undefined);

const PAGES = [
  ["/conformite", "vue"],
  ["/conformite/journal", "journal"],
  ["/conformite/registre", "registre"],
  ["/conformite/personnes", "personnes"],
  ["/conformite/conservation", "conservation"],
  ["/conformite/acceptations", "acceptations"],
  ["/charte", "charte"],
];

async function look(page, pages, who) {
  for (const [device, viewport] of [["ordinateur", DESK], ["telephone", PHONE]]) {
    await page.setViewportSize(viewport);
    for (const [path, name] of pages) {
      await go(page, path);
      await assertAccessible(page, `${path}, ${device}`);
      await assertNoSideScroll(page, `${path}, ${device}`);
      await shown(page, `${who}-${name}-${device}`);
    }
  }
  await page.setViewportSize(DESK);
}

journey("an agent accepts the charter before a model writes, and comes back to the question; a new version asks again", { ...PLAIN, path: "/connexion" }, async (page) => {
  addPerson(server, "agente");
  await enterAs(page, server, "agente");
  await go(page, answerPath(REWORDABLE));
  await page.getByText("Vous utilisez un système d’intelligence artificielle").waitFor(); // before the first exchange
  await page.locator(".extract-text").first().waitFor(); // extracts need no charter
  await page.getByRole("button", { name: "Plus simplement" }).click();
  await page.getByRole("heading", { level: 1, name: /^Charte d’usage/ }).waitFor();
  await shown(page, "charte-a-accepter");
  await page.setViewportSize(PHONE);
  await shown(page, "charte-a-accepter-telephone");
  await page.setViewportSize(DESK);
  await page.getByRole("button", { name: "J’ai lu cette charte et je l’accepte" }).click();
  await page.locator(".extract-text").first().waitFor(); // back to the question
  await page.getByRole("button", { name: "Rédiger pour un courrier" }).click();
  await page.getByRole("heading", { level: 2, name: "Rédiger pour un courrier" }).waitFor();
  assert.match(await page.getByLabel("Paragraphe à relire et à copier").inputValue(), /Texte produit avec l’aide d’une intelligence artificielle \(Beffroi, modèle .*essai.*\)\.$/);
  assert.match(await page.locator('meta[name="ai-generated"]').getAttribute("content"), /^true; system="Beffroi"/);
  await shown(page, "reformulation-marquee");
  assert.match(run("charter", "acceptances", "--commune", COMMUNE), /Camille Martin \(agente\)/);
});

journey("with scripts too, whoever has not accepted is led to the charter, which is accessible, and comes back", { ...HERE, path: "/connexion", expectedErrors: /403/ }, async (page) => {
  addPerson(server, "moderne");
  await enterAs(page, server, "moderne");
  await go(page, answerPath(REWORDABLE));
  await page.locator(".rewording").waitFor();
  await page.getByRole("button", { name: "Plus simplement" }).click();
  await page.getByRole("heading", { level: 1, name: /^Charte d’usage/ }).waitFor();
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await assertAccessible(page, "charte à accepter");
    await assertNoSideScroll(page, "charte à accepter");
  }
  await page.getByRole("button", { name: "J’ai lu cette charte et je l’accepte" }).click();
  await page.locator(".rewording").waitFor();
  await page.getByRole("button", { name: "Plus simplement" }).click();
  await page.locator(".rewording-result .cost").waitFor();
});

journey("the administrator publishes a version: the agent is asked again, a key too", { ...HERE, path: "/connexion" }, async (page) => {
  named("maire", "Anne Maire", "commune_administrator");
  addPerson(server, "redactrice");
  const key = run("user", "key", "redactrice", "--name", "Site", "--right", "ask", "--right", "generate").match(/bfr_\S+/)[0];
  const reworded = () => fetch(`${server.url}/api/v1/rewordings`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ question: REWORDABLE, style: "plain" }),
  });
  const refused = await reworded();
  assert.equal(refused.status, 403);
  assert.equal((await refused.json()).code, "charter_not_accepted");

  await signIn(page, "maire", "trois chevaux bleus");
  await page.getByLabel("Mot de passe reçu").fill("trois chevaux bleus");
  await page.getByLabel("Nouveau mot de passe").fill(CHOSEN);
  await page.getByLabel("Le même, une seconde fois").fill(CHOSEN);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("link", { name: "Conformité" }).click();
  await page.getByRole("navigation", { name: "Conformité" }).getByRole("link", { name: "Charte", exact: true }).click();
  await page.getByLabel("Texte de la charte").fill("# Charte de la commune\n\nRelire avant d’envoyer.\n\n- Vérifier la source.");
  await page.getByRole("button", { name: "Publier cette version" }).click();
  await page.getByText("La nouvelle version est publiée.").waitFor();
  await look(page, [["/conformite/charte", "versions"], ["/conformite/charte/1", "version"]], "maire");

  const other = await page.context().browser().newContext({ javaScriptEnabled: false, locale: "fr-FR" });
  const agent = await other.newPage();
  await agent.goto(`${server.url}/connexion`);
  await enterAs(agent, server, "redactrice");
  await agent.goto(server.url + answerPath(REWORDABLE));
  await agent.getByRole("button", { name: "Plus simplement" }).click();
  await agent.getByRole("heading", { level: 1, name: "Charte de la commune" }).waitFor();
  await agent.getByRole("button", { name: "J’ai lu cette charte et je l’accepte" }).click();
  await agent.getByRole("button", { name: "Plus simplement" }).click();
  await agent.getByRole("heading", { level: 2, name: "Plus simplement" }).waitFor();
  await other.close();
  assert.equal((await reworded()).status, 200); // the key follows its owner
});

journey("the delegate reads the journal, decides durations, prints the register, answers two requests", { ...HERE, path: "/connexion", expectedErrors: /422/ }, async (page) => {
  named("dpo", "Dominique Délégué", "dpo");
  addPerson(server, "partante");
  await signIn(page, "dpo", "trois chevaux bleus");
  await page.getByLabel("Mot de passe reçu").fill("trois chevaux bleus");
  await page.getByLabel("Nouveau mot de passe").fill(CHOSEN);
  await page.getByLabel("Le même, une seconde fois").fill(CHOSEN);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("link", { name: "Conformité" }).click();
  await page.getByRole("heading", { level: 1, name: "Conformité" }).waitFor();

  await page.locator(".oversight-cards").getByRole("link", { name: "Journal" }).click();
  await page.getByLabel("Quoi", { exact: true }).selectOption({ label: "Réponse reformulée" });
  await page.getByRole("button", { name: "Filtrer" }).click();
  assert.ok((await page.getByRole("row", { name: /Réponse reformulée.*Modèle : .*essai/s }).count()) > 0);
  assert.doesNotMatch(await page.locator("main").innerText(), new RegExp(REWORDABLE.slice(0, 12)));
  await page.getByRole("button", { name: "Vérifier le journal" }).click();
  await page.getByText("Le journal est entier").waitFor();
  await assertAccessible(page, "journal vérifié");
  await shown(page, "journal-verifie");
  assert.match(run("audit", "verify", "--commune", COMMUNE), /entier/);

  await go(page, "/conformite/conservation");
  await page.getByLabel("Avis sur les réponses, jours").fill("9999");
  await page.getByRole("button", { name: "Enregistrer ces durées" }).click();
  await page.getByRole("alert").getByText("Avis sur les réponses").waitFor();
  await assertAccessible(page, "durée refusée");
  await page.getByLabel("Avis sur les réponses, jours").fill("180");
  await page.getByRole("button", { name: "Enregistrer ces durées" }).click();
  await page.getByText("Les durées sont enregistrées.").waitFor();
  await page.getByLabel(/^La machine dit/).check();
  await page.getByRole("button", { name: "Purger maintenant" }).click();
  await page.getByText("La purge est demandée.").waitFor();
  for (let i = 0; i < 40 && !(await page.getByText(/lignes? effacées?\./).count()); ++i) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await page.getByText("plus aucune trace dans les fichiers").first().waitFor();

  await go(page, "/conformite/registre");
  await page.getByText("Avis sur les réponses : 180 jours.").waitFor();
  await page.getByRole("textbox", { name: /^Nom/ }).fill("Centre de gestion du Nord");
  await page.getByLabel("Comment lui écrire").fill("dpo@cdg.exemple.fr");
  await page.getByRole("button", { name: "Enregistrer le délégué" }).click();
  await page.getByText("Centre de gestion du Nord, dpo@cdg.exemple.fr").waitFor();
  await assertAccessible(page, "le registre et son délégué");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Télécharger en CSV (tableur)" }).click();
  assert.match((await download).suggestedFilename(), /^registre-demo\.csv$/);

  await go(page, "/conformite/personnes");
  await page.getByRole("row", { name: /partante/ }).getByRole("link").click();
  await assertAccessible(page, "une personne");
  await shown(page, "personne");
  const data = page.waitForEvent("download");
  await page.getByRole("button", { name: "Télécharger ses données (JSON)" }).click();
  assert.match((await data).suggestedFilename(), /^donnees-.*\.json$/);
  await page.getByLabel(/^Pour confirmer/).fill("autre");
  await page.getByRole("button", { name: "Effacer définitivement" }).click();
  await page.getByRole("alert").getByText("rien n’a été effacé").waitFor();
  await assertAccessible(page, "effacement refusé");
  await page.getByLabel(/^Pour confirmer/).fill("partante");
  await page.getByRole("button", { name: "Effacer définitivement" }).click();
  await page.getByRole("heading", { name: "Effacement fait" }).waitFor();
  await assertAccessible(page, "effacement fait");
  await shown(page, "effacement");
  assert.doesNotMatch(run("user", "list"), /partante/);
  await look(page, PAGES, "dpo");
});

journey("by phone, the delegate finds everything from the overview; dark colours keep their contrast", { ...HERE, path: "/connexion", viewport: PHONE, colorScheme: "dark" }, async (page) => {
  await signIn(page, "dpo", CHOSEN);
  for (const [path] of PAGES) {
    await go(page, path);
    await assertAccessible(page, `${path}, sombre`);
    await assertNoSideScroll(page, `${path}, sombre`);
  }
});
