// A browser for the journeys. Every page is watched: an error in the console (the security policy reports there), an exception, or a
// request to anyone but our server fails the journey.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

export const BASE = process.env.BEFFROI_URL ?? "";

const axeSource = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

let browser;
before(async () => {
  if (BASE !== "") browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
});
after(() => browser?.close());

// journey("asks a question", { viewport: PHONE }, async (page) => …): a page of its own, watched from beginning to end.
// `base`: gives the address of another server than the one of all. `skip`: why it is left out; empty: it is not.
export function journey(name, options, steps) {
  const { expectedErrors, path = "/", base = () => BASE, skip, ...context } = options;
  test(name, { skip: BASE === "" ? "pas de programme" : skip || false }, async () => {
    const own = await browser.newContext({ viewport: DESK, locale: "fr-FR", ...context });
    try {
      const page = await own.newPage();
      const faults = watch(page, base(), expectedErrors);
      await page.goto(base() + path);
      await steps(page);
      assert.deepEqual(faults, []);
    } finally {
      await own.close();
    }
  });
}

function watch(page, base, expectedErrors) {
  const faults = [];
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => {
    if (message.type() === "error" && !expectedErrors?.test(message.text())) faults.push(`console : ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception : ${error.message}`));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(base).origin) faults.push(`requête sortante : ${request.url()}`);
  });
  return faults;
}

// Asks from the page, as a person types.
export async function ask(page, question) {
  await page.getByLabel("Votre question").fill(question);
  await page.getByRole("button", { name: "Demander" }).click();
  await page.locator(".answer").waitFor();
}

export function answerPath(question, ...conditions) {
  return `/?${new URLSearchParams([["q", question], ...conditions.map((condition) => ["condition", condition])])}`;
}

// Everything the live region says from now on.
export async function announcements(page) {
  await page.evaluate(() => {
    window.said = [];
    const region = document.querySelector("[role=status]");
    new MutationObserver(() => region.textContent && window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => window.said);
}

export async function tabUntil(page, name, limit = 40) {
  for (let i = 0; i < limit; ++i) {
    await page.keyboard.press("Tab");
    if (name.test(await focused(page))) return;
  }
  assert.fail(`le focus n’atteint pas ${name}`);
}

// What the focus is on, as a screen reader names it: « bouton Fermer ».
export function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = element.labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent ?? "";
    return `${element.tagName.toLowerCase()} ${label.replace(/\s+/g, " ").trim()}`.trim();
  });
}

export async function assertAccessible(page, what) {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return found.map(({ id, nodes }) => `${id} : ${nodes.map((node) => node.html).join(" | ")}`);
  });
  assert.deepEqual(violations, [], `axe : ${what}`);
}

export async function assertNoSideScroll(page, what) {
  const overflow = await page.evaluate(() => {
    const root = document.documentElement;
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.right > root.clientWidth + 1 && !element.closest(".table-frame, .plot-scroll, .visually-hidden");
    });
    return { pixels: root.scrollWidth - root.clientWidth, wide: wide.map((element) => element.outerHTML.slice(0, 120)) };
  });
  assert.deepEqual(overflow, { pixels: 0, wide: [] }, `défilement horizontal : ${what}`);
}
