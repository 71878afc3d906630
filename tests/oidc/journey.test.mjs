// The whole flow against a real provider, with an HTTP client that keeps its cookies.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { MISSING, startTown } from "./town.mjs";
import { Visitor } from "./visitor.mjs";

const refused = async (reply, status, words) => {
  assert.equal(reply.status, status);
  assert.match(reply.body, words);
  assert.match(reply.body, /<html lang="fr">/);
};

describe("se connecter avec un fournisseur d’identité", { skip: MISSING }, () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.stop());
  beforeEach(() => town.provider.change({ clockOffsetMs: 0, groups: ["agents"], tamper: "" }));

  test("la page de connexion montre le bouton, qui mène chez le fournisseur puis là où on voulait aller", async () => {
    const visitor = new Visitor();
    const page = await visitor.request(`${town.url}/connexion?suite=/mon-compte`);
    assert.match(page.body, /href="\/connexion\/oidc\?suite=%2Fmon-compte"[^>]*>Se connecter avec le compte de l’agglomération</);
    const arrived = await visitor.signIn(town, "camille");
    assert.equal(arrived.url, `${town.url}/mon-compte`);
    assert.match(arrived.body, /Camille camille/);
    assert.match(arrived.body, /<li>Agent<\/li>/);
    assert.match(arrived.body, /Firefox, Linux/);
  });

  test("la deuxième fois, c’est le même compte", async () => {
    for (const _ of [1, 2]) assert.match((await new Visitor().signIn(town, "camille")).body, /Camille camille/);
  });

  test("le cookie de session est hors de portée des scripts, celui du trajet s’efface au retour", async () => {
    const visitor = new Visitor();
    const back = await visitor.callback(town, "dominique");
    assert.ok(visitor.cookies.some(({ name }) => name === "beffroi_oidc"));
    const reply = await visitor.request(back);
    assert.equal(reply.status, 303);
    const cookies = reply.headers.getSetCookie();
    assert.ok(cookies.some((line) => /^beffroi_session=demo\..+; HttpOnly; SameSite=Lax$/.test(line)), cookies.join("\n"));
    assert.ok(!visitor.cookies.some(({ name }) => name === "beffroi_oidc"));
  });

  test("un état rejoué est refusé, même avec le cookie du trajet", async () => {
    const visitor = new Visitor();
    const back = await visitor.callback(town, "elise");
    const copy = new Visitor();
    copy.cookies = visitor.cookies.filter(({ name }) => name === "beffroi_oidc");
    assert.equal((await visitor.request(back)).status, 303);
    await refused(await copy.request(back), 401, /a déjà servi/);
    await refused(await visitor.request(back), 401, /n’a pas commencé dans ce navigateur/);
    assert.ok(!copy.hasSession());
  });

  test("un retour dans un autre navigateur, sans état ou avec un autre, n’ouvre rien", async () => {
    const [visitor, other] = [new Visitor(), new Visitor()];
    const back = await visitor.callback(town, "farid");
    await other.callback(town, "un-autre");
    for (const reply of [
      await new Visitor().request(back),
      await other.request(back),
      await visitor.request(back.replace(/state=[^&]*/, "state=")),
      await visitor.request(`${town.url}/connexion/oidc/retour`),
    ]) {
      await refused(reply, 401, /recommencez/);
    }
    assert.ok(!other.hasSession() && !visitor.hasSession());
  });

  test("un code modifié est refusé par le fournisseur, et par nous", async () => {
    const visitor = new Visitor();
    const back = await visitor.callback(town, "gaelle");
    await refused(await visitor.request(back.replace(/code=([^&]*)/, "code=$1x")), 401, /ne reconnaît pas cette connexion/);
    assert.ok(!visitor.hasSession());
  });

  test("la réponse d’un autre fournisseur est refusée", async () => {
    for (const iss of ["", "&iss=https%3A%2F%2Fidp.exemple.fr"]) {
      const visitor = new Visitor();
      const back = await visitor.callback(town, "gaelle");
      await refused(await visitor.request(back.replace(/&iss=[^&]*/, iss)), 401, /fournisseur d’identité attendu/);
    }
  });

  for (const tamper of ["audience", "nonce", "issuer", "subject", "unsigned", "public key as secret", "other claims", "cut"]) {
    test(`une preuve falsifiée n’ouvre rien : ${tamper}`, async () => {
      await town.provider.change({ tamper });
      const visitor = new Visitor();
      await refused(await visitor.signIn(town, "hugo"), 401, /La preuve d’identité reçue n’est pas valable/);
      assert.ok(!visitor.hasSession());
    });
  }

  test("une preuve trop vieille, ou de demain, est refusée, et la page parle de l’heure", async () => {
    for (const hours of [-3, 3]) {
      await town.provider.change({ clockOffsetMs: hours * 3_600_000 });
      const visitor = new Visitor();
      await refused(await visitor.signIn(town, "ines"), 401, /faites vérifier l’heure du serveur/);
      assert.ok(!visitor.hasSession());
    }
  });

  test("le fournisseur change ses clés pendant que Beffroi tourne", async () => {
    assert.match((await new Visitor().signIn(town, "jules")).body, /Camille jules/);
    await town.provider.change({ rotate: true });
    assert.match((await new Visitor().signIn(town, "jules")).body, /Camille jules/);
  });

  test("sans groupe qui donne un rôle ici, la porte reste fermée et le dit", async () => {
    for (const groups of [[], ["voisins"], ["Agents", "agents "]]) {
      await town.provider.change({ groups });
      const visitor = new Visitor();
      await refused(await visitor.signIn(town, "karim"), 403, /aucun de vos groupes ne donne un rôle dans cette commune/);
      assert.ok(!visitor.hasSession());
    }
  });

  test("un groupe retiré retire son rôle à la connexion suivante, aux sessions déjà ouvertes aussi", async () => {
    await town.provider.change({ groups: ["agents", "administrateurs"] });
    const before_ = new Visitor();
    assert.match((await before_.signIn(town, "lea")).body, /<li>Administrateur de la commune<\/li>/);
    await town.provider.change({ groups: ["agents"] });
    const page = await new Visitor().signIn(town, "lea");
    assert.match(page.body, /<li>Agent<\/li>/);
    assert.doesNotMatch(page.body, /Administrateur de la commune/);
    assert.doesNotMatch((await before_.account(town)).body, /Administrateur de la commune/);
  });

  test("qui renonce chez le fournisseur revient avec une phrase", async () => {
    const visitor = new Visitor();
    const page = await visitor.go(`${town.url}/connexion/oidc`);
    const abort = /href="([^"]*\/abort)"/.exec(page.body);
    assert.ok(abort, page.body);
    await refused(await visitor.go(new URL(abort[1], page.url).href), 403, /vous y avez renoncé/);
  });

  test("l’adresse de retour ne mène jamais ailleurs", async () => {
    const elsewhere = [
      "https://pirate.exemple", "//pirate.exemple", "/\\pirate.exemple", "\\\\pirate.exemple", "/%09/pirate.exemple", "javascript:alert(1)",
      "/\t/pirate.exemple", "http:pirate.exemple", "/connexion/oidc", "/deconnexion", `/${"a".repeat(1500)}`, "@pirate.exemple",
    ];
    for (const suite of elsewhere) {
      const visitor = new Visitor();
      const reply = await visitor.request(await visitor.callback(town, "maya", { suite }));
      assert.equal(reply.status, 303, suite);
      const target = new URL(reply.location, town.url);
      assert.equal(target.origin, town.url, suite);
      assert.ok(target.pathname === "/" || target.pathname.startsWith("/%09/"), `${suite} → ${reply.location}`);
    }
  });

  test("se déconnecter ferme les deux sessions", async () => {
    const visitor = new Visitor();
    await visitor.signIn(town, "nadia");
    const copy = new Visitor();
    copy.cookies = [...visitor.cookies];
    const page = await visitor.account(town);
    const csrf = /name="csrf"[^>]*value="([^"]+)"/.exec(page.body)[1];
    const farewell = await visitor.request(`${town.url}/deconnexion`, { form: { csrf } });
    assert.equal(farewell.status, 200);
    assert.match(farewell.body, /Vous êtes déconnecté de Beffroi/);
    assert.ok(!visitor.hasSession());
    assert.notEqual((await copy.account(town)).status, 200, "la session d’ici est fermée avant celle du fournisseur");

    const [, there] = /^0; url=(.+)$/.exec(farewell.headers.get("refresh"));
    assert.ok(there.startsWith(town.provider.url));
    const back = await visitor.submit(await visitor.go(there), { logout: "yes" });
    assert.equal(back.url, `${town.url}/connexion`);
    assert.match((await visitor.go(`${town.url}/connexion/oidc`)).body, /name="login"/, "le fournisseur redemande qui l’on est");
  });

  test("se déconnecter chez le fournisseur ferme la session d’ici, par le canal arrière", async () => {
    const [visitor, colleague] = [new Visitor(), new Visitor()];
    await visitor.signIn(town, "omar");
    await colleague.signIn(town, "paula");
    await visitor.submit(await visitor.go(`${town.provider.url}/session/end`), { logout: "yes" });
    for (let tries = 0; tries < 50 && (await visitor.account(town)).status === 200; ++tries) await new Promise((later) => setTimeout(later, 100));
    assert.notEqual((await visitor.account(town)).status, 200);
    assert.equal((await colleague.account(town)).status, 200, "celle d’une autre personne reste ouverte");
  });

  test("le canal arrière ne croit personne d’autre", async () => {
    for (const logout_token of ["", "a.b.c", "eyJhbGciOiJub25lIn0.e30."]) {
      assert.equal((await new Visitor().request(`${town.url}/connexion/oidc/deconnexion`, { form: { logout_token } })).status, 400);
    }
  });

  test("le journal ne dit rien des personnes ni de leurs preuves", () => {
    for (const word of ["camille", "mairie.fr", "eyJ", "code=", "state="]) assert.ok(!town.log().includes(word), word);
    assert.match(town.log(), /oidc_arrival_refused/);
  });
});

describe("un fournisseur d’identité en panne", { skip: MISSING }, () => {
  test("au retour : une page claire, et les autres pages servent", async () => {
    const town = await startTown();
    try {
      const visitor = new Visitor();
      const back = await visitor.callback(town, "camille");
      town.provider.stop();
      await refused(await visitor.request(back), 503, /n’a pas pu être joint/);
      assert.equal((await visitor.request(`${town.url}/connexion`)).status, 200);
    } finally {
      town.stop();
    }
  });

  test("au départ : une page claire", async () => {
    const town = await startTown({ withProvider: false });
    try {
      await refused(await new Visitor().request(`${town.url}/connexion/oidc`), 503, /n’a pas pu être joint/);
      assert.equal((await fetch(`${town.url}/readyz`)).status, 200);
    } finally {
      town.stop();
    }
  });
});
