import { expect, test } from "vitest";
import { eventsOf, type ServerEvent } from "./events";

async function read(...pieces: (string | Uint8Array)[]): Promise<ServerEvent[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(control) {
      for (const piece of pieces) control.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      control.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of eventsOf(stream)) events.push(event);
  return events;
}

test("events come whole however the bytes were cut", async () => {
  const bytes = new TextEncoder().encode("event: sentence\ndata: é\n\n");
  expect(await read(bytes.slice(0, 23), bytes.slice(23))).toEqual([{ name: "sentence", data: "é" }]);
  expect(await read("event: a\nda", "ta: 1\n", "\nevent: b\ndata: 2\n\n")).toEqual([{ name: "a", data: "1" }, { name: "b", data: "2" }]);
});

test("comments and half an event are nothing; lines of data are kept", async () => {
  expect(await read(": bonjour\n\ndata: un\ndata: deux\n\nevent: c\ndata: 3")).toEqual([{ name: "message", data: "un\ndeux" }]);
});
