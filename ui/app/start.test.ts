// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { startOf } from "./start";

function page(body: string): Document {
  return new DOMParser().parseFromString(`<!doctype html><body>${body}</body>`, "text/html");
}

test("the page the server wrote says where to start", () => {
  const start = startOf(page(
    `<div class="examples"><a href="/?q=a">Un ?</a><a href="/?q=b">Deux ?</a></div>
     <script type="application/json" id="reponse-json">{"status":"answered","message":"\\u003c/script\\u003e"}</script>`), "?q=x&condition=y");
  expect(start.question).toBe("x");
  expect(start.conditions).toEqual(["y"]);
  expect(start.examples).toEqual(["Un ?", "Deux ?"]);
  expect(start.answer).toEqual({ status: "answered", message: "</script>" });
});

test("without an answer in the page there is none", () => {
  expect(startOf(page(""), "?q=x").answer).toBeUndefined();
  expect(startOf(page(`<script type="application/json" id="reponse-json">{</script>`), "?q=x").answer).toBeUndefined();
});
