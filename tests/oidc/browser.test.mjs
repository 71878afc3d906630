// The same journey by a real browser: its cookies, its security policy, its redirections.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { MISSING, startTown } from "./town.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

describe("dans un vrai navigateur", { skip: MISSING }, () => {
  let town, browser;
  before(async () => {
    town = await startTown();
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  });
  after(async () => {
    await browser?.close();
    town?.stop();
  });

  test("on se connecte par le bouton, et on se déconnecte des deux côtés", async () => {
    const page = await (await browser.newContext({ locale: "fr-FR" })).newPage();
    page.setDefaultTimeout(20_000);
    const faults = [];
    page.on("console", (message) => {
      const { url } = message.location();
      if (message.type() === "error" && url.startsWith(town.url) && !url.endsWith("/favicon.ico")) faults.push(message.text());
    });
    await page.goto(`${town.url}/connexion?suite=%2Fmon-compte`);
    await page.getByRole("link", { name: "Se connecter avec le compte de l’agglomération" }).click();
    await page.locator("input[name=login]").fill("camille");
    await page.locator("input[name=password]").fill("n’importe lequel");
    await page.locator("button[type=submit]").click();
    await page.locator("button[type=submit]").click(); // agrees
    await page.waitForURL(`${town.url}/mon-compte`);
    assert.match(await page.locator("main").innerText(), /Agent/);

    await page.getByRole("button", { name: "Se déconnecter" }).click();
    await page.waitForURL(`${town.provider.url}/session/end**`);
    await page.locator("button[value=yes]").click();
    await page.waitForURL(`${town.url}/connexion**`);
    await page.goto(`${town.url}/mon-compte`);
    await page.waitForURL(`${town.url}/connexion?**`);
    assert.deepEqual(faults, []);
  });
});
