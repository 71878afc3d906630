// OpenAI's Node client against a server already running: client.mjs URL KEY MODEL
import assert from "node:assert/strict";
import OpenAI from "openai";

const [url, apiKey, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0, timeout: 60_000 });
const BASE_MODEL = "beffroi-base-officielle";
const ask = (content, more = {}) => client.chat.completions.create({ model, messages: [{ role: "user", content }], ...more });

const ids = [];
for await (const served of client.models.list()) ids.push(served.id);
assert.ok(ids.includes(model) && ids.includes(BASE_MODEL), ids.join());

const whole = await ask("un deux");
assert.equal(whole.choices[0].message.content, "Vous dites : un deux");
assert.equal(whole.usage.total_tokens, 15);
assert.equal(whole.beffroi.generated_by.ai, true);

let text = "";
let usage = null;
for await (const piece of await ask("un deux", { stream: true, stream_options: { include_usage: true } })) {
  text += piece.choices[0]?.delta?.content ?? "";
  usage = piece.usage ?? usage;
}
assert.equal(text, "Vous dites : un deux");
assert.equal(usage.completion_tokens, 5);

const stream = await ask("un deux trois quatre cinq", { stream: true });
for await (const piece of stream) {
  assert.ok(piece.id);
  break; // the client goes away
}

const proven = await client.chat.completions.create({ model: BASE_MODEL, messages: [{ role: "user", content: "Quel est le délai pour déclarer une naissance ?" }] });
assert.equal(proven.beffroi.status, "answered");
assert.ok(proven.beffroi.sources[0].url);

await assert.rejects(ask("a", { temperature: 0.5 }), (fault) => fault instanceof OpenAI.BadRequestError && fault.param === "temperature");
await assert.rejects(ask("a", { model: "gpt-9" }), (fault) => fault instanceof OpenAI.NotFoundError && fault.code === "model_not_found");
await assert.rejects(ask("PANNE"), (fault) => fault instanceof OpenAI.InternalServerError && fault.status === 503);
await assert.rejects(
  new OpenAI({ baseURL: `${url}/v1`, apiKey: "sk-faux", maxRetries: 0 }).models.list(),
  (fault) => fault instanceof OpenAI.AuthenticationError && Boolean(fault.requestID),
);
await assert.rejects(async () => {
  for await (const piece of await ask("PANNE", { stream: true })) assert.ok(piece);
}, OpenAI.APIError);
