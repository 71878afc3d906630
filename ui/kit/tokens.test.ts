// The contrasts that the tokens promise, computed as WCAG 2.1 defines them, in light and in dark.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync("kit/tokens.css", "utf8");
const [light = "", dark = ""] = css.split("@media");

function tokens(part: string): Map<string, string> {
  return new Map([...part.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name ?? "", value ?? ""]));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["paper", "surface", "sunken", "warn-ground", "note-ground", "alert-ground"];
const PAIRS: [string, string, number][] = [
  ...GROUNDS.map((ground): [string, string, number] => ["ink", ground, 7]),
  ...GROUNDS.map((ground): [string, string, number] => ["link", ground, 4.5]),
  ...["paper", "surface", "sunken"].map((ground): [string, string, number] => ["ink-quiet", ground, 4.5]),
  ["alert", "alert-ground", 4.5], ["brick", "paper", 4.5], ["on-main", "main", 4.5], ["on-main", "main-strong", 4.5], ["on-mark", "mark", 7],
  ...["paper", "surface"].map((ground): [string, string, number] => ["line-strong", ground, 3]),
  ...GROUNDS.map((ground): [string, string, number] => ["focus", ground, 3]),
];

describe.each([["light", tokens(light)], ["dark", tokens(dark)]])("%s", (_, set) => {
  test.each(PAIRS)("%s on %s is at least %d:1", (front, back, least) => {
    expect(contrast(set.get(front) ?? "", set.get(back) ?? "")).toBeGreaterThanOrEqual(least);
  });
});
