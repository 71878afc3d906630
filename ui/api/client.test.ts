// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { ApiFault, ask } from "./client";

afterEach(() => vi.unstubAllGlobals());

const asked = () => ask("question", ["majeur"], new AbortController().signal);

test("a question goes as JSON with its conditions", async () => {
  const fetched = vi.fn<typeof fetch>().mockResolvedValue(Response.json({ status: "answered" }));
  vi.stubGlobal("fetch", fetched);
  expect(await asked()).toEqual({ status: "answered" });
  expect(fetched.mock.calls[0]?.[0]).toBe("/api/v1/answers");
  expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({ question: "question", conditions: ["majeur"] });
});

test("a fault says what the server said, in French", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ title: "x", detail: "La question est trop longue." }, { status: 413 }));
  await expect(asked()).rejects.toThrow("La question est trop longue.");
});

test("a fault without a problem still has a French sentence", async () => {
  vi.stubGlobal("fetch", async () => new Response("<html>", { status: 503 }));
  await expect(asked()).rejects.toThrow("Réessayez dans une minute");
  vi.stubGlobal("fetch", async () => { throw new TypeError("network"); });
  await expect(asked()).rejects.toThrow(ApiFault);
});
