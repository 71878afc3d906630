import { expect, test } from "vitest";
import { stepped } from "./combobox";

test("arrows go round the suggestions and through the text", () => {
  const down = [0, 1, 2, 3].reduce<number[]>((path) => [...path, stepped(path.at(-1) ?? -1, 1, 3)], []);
  expect(down).toEqual([0, 1, 2, -1]);
  const up = [0, 1, 2, 3].reduce<number[]>((path) => [...path, stepped(path.at(-1) ?? -1, -1, 3)], []);
  expect(up).toEqual([2, 1, 0, -1]);
});
