import { expect, test } from "vitest";
import { sentence } from "./fixtures";
import { cardsOf } from "./grouping";

const drawn = (sentences: Parameters<typeof cardsOf>[0]) =>
  cardsOf(sentences).map((card) => card.places.map((place) => place.sentences.map(({ text }) => text)));

test("neighbours of one place share a list, neighbours of one publication share a card", () => {
  expect(drawn([
    sentence("a"), sentence("b"), sentence("c", { section: "Délai" }), sentence("d", { publication_id: "F2" }),
  ])).toEqual([[["a", "b"], ["c"]], [["d"]]]);
});

test("the same words under another condition are another place", () => {
  expect(drawn([sentence("a", { conditions: ["majeur"] }), sentence("a", { conditions: ["mineur"] })])).toEqual([[["a"], ["a"]]]);
});

test("reading order is kept when a publication comes back", () => {
  expect(drawn([sentence("a"), sentence("b", { publication_id: "F2" }), sentence("c")])).toEqual([[["a"]], [["b"]], [["c"]]]);
  expect(drawn([])).toEqual([]);
});
