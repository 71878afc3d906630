import { describe, expect, test } from "vitest";
import { answer, sentence } from "./fixtures";
import { announcement, beginning, frenchDate, pageTitle, rewordingAnnouncement } from "./words";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("dates are written in French, and odd ones left alone", () => {
  expect(frenchDate("2020-11-12")).toBe("12 novembre 2020");
  expect(frenchDate("2019-08-01")).toBe("1er août 2019");
  for (const odd of ["", "hier", "2020-13-01", "2020/11/12"]) expect(frenchDate(odd)).toBe(odd);
});

test("the beginning of a sentence stops at a word", () => {
  expect(beginning("court")).toBe("court");
  expect(beginning("La déclaration de perte se fait au guichet de la mairie.", 20)).toBe("La déclaration de…");
  expect(beginning("x".repeat(100))).toBe("");
});

describe("what a screen reader says", () => {
  test("the status, the message and how much there is to read", () => {
    const text = announcement(answer({ message: "Voici.", sentences: [sentence("a"), sentence("b"), sentence("c", { publication_id: "F2" })] }));
    expect(text).toBe("Réponse. Voici. 3 extraits de 2 fiches.");
  });
  test("one extract is in the singular", () => {
    expect(announcement(answer({ sentences: [sentence("a")] }))).toBe("Réponse. 1 extrait de 1 fiche.");
  });
  test("danger comes first", () => {
    const text = announcement(answer({ status: "needs_human", emergency: [{ name: "15", detail: "", url: "" }, { name: "3114", detail: "", url: "" }] }));
    expect(plain(text)).toBe("En cas d’urgence, appelez : 15, 3114. Une personne doit vous répondre.");
  });
  test("a choice is told with the number of its options", () => {
    const precision = { question: "Êtes-vous majeur ?", choices: [{ label: "Oui", condition: "a" }, { label: "Non", condition: "b" }] };
    expect(announcement(answer({ status: "needs_precision", precision }))).toBe("À préciser. Êtes-vous majeur ? 2 choix.");
  });
});

test("a finished rewording is told with how much of it is the model's", () => {
  const usage = { model: "m", prompt_tokens: 1, reused_tokens: 0, generated_tokens: 1, tokens_known: true, cpu_s: 1, wall_s: 1, queued_s: 0, joules: null, line: "" };
  const rest = { message: "Vérifié.", reworded: 1, refused: 0, letter: "", usage };
  expect(plain(rewordingAnnouncement("plain", 3, rest))).toBe("Plus simplement : 3 phrases, dont 1 reformulée. Vérifié.");
  expect(plain(rewordingAnnouncement("falc", 0, { ...rest, reworded: 0 }))).toBe("Facile à lire : Vérifié.");
});

test("the title of the page keeps the name of the town hall", () => {
  const home = "Poser une question – Beffroi – Mairie d’Essai";
  const asked = pageTitle(home, "Un passeport ?", "answered");
  expect(plain(asked)).toBe("Réponse : Un passeport ? – Beffroi – Mairie d’Essai");
  expect(pageTitle(asked, "", undefined)).toBe(home);
  expect(pageTitle("", "a", undefined)).toBe("a");
});
