import { expect, test } from "vitest";
import { addressOf, anchorOf, askedIn, contactAddress, publicationAddress, safeAddress, telephoneDigits } from "./address";

test("a question and its conditions go into the address and come back", () => {
  for (const asked of [
    { question: "Combien coûte un passeport ?", conditions: [] },
    { question: "a&b=c#d+e%20f", conditions: ["Vous êtes majeur", "100 % & plus"] },
  ]) {
    expect(askedIn(addressOf(asked).slice(1))).toEqual(asked);
  }
});

test("no question is the home page", () => {
  expect(addressOf({ question: "", conditions: ["oubliée"] })).toBe("/");
  expect(askedIn("?autre=1")).toEqual({ question: "", conditions: [] });
  expect(askedIn("?q=%20")).toEqual({ question: "", conditions: [] });
});

test("identifiers are encoded in our addresses", () => {
  expect(publicationAddress("F1 2/3")).toBe("/fiches/F1%202%2F3");
  expect(anchorOf("F1341#p7")).toBe("p7");
});

test("an address that could run something is not a link", () => {
  for (const hostile of ["javascript:alert(1)", " javascript:x", "JAVASCRIPT:x", "java\nscript:x", "//evil.example", "/\\evil", "data:text/html,x", ""]) {
    expect(safeAddress(hostile), hostile).toBeUndefined();
  }
  for (const plain of ["/fiches/F1", "#p7", "https://exemple.fr/x", "tel:15", "mailto:a@exemple.fr"]) expect(safeAddress(plain)).toBe(plain);
});

test("telephone numbers are called with a finger", () => {
  for (const text of ["03 53 01 00 59", "03.53.01\u00a000\u00a059"]) expect(telephoneDigits(text)).toBe("0353010059");
  expect(telephoneDigits("+33 3 53 01 00 59")).toBe("+33353010059");
  for (const other of ["", "59000", "1 place du Beffroi", "Cerfa n° 14011"]) expect(telephoneDigits(other)).toBe("");
  expect(contactAddress({ name: "3114 — Prévention du suicide", url: "" })).toBe("tel:3114");
  expect(contactAddress({ name: "Mairie", url: "" })).toBeUndefined();
  expect(contactAddress({ name: "15", url: "javascript:alert(1)" })).toBeUndefined();
});
