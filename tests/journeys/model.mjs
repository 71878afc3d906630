// A language model that follows a script, behind the same door as a real one (OpenAI-compatible): what the program reads of it is read
// by the adapter it ships with.
import { createServer } from "node:http";

// Each sentence of the source, with « ce » for the first « le »: other words, nothing said otherwise.
export const faithful = (source) => source.replace(/(^|[^\wÀ-ÿ])(les|le|la) (?=[a-zà-ÿ])/, (_, before, article) =>
  `${before}${{ les: "ces", le: "ce", la: "cette" }[article]} `);
export const lying = () => "Tout est gratuit, sans aucune condition, jusqu’au 31 décembre 2099.";
export const never = () => undefined; // reads, and never writes

export async function startModel() {
  const model = { script: faithful, requests: 0, left: 0 };
  const server = createServer((request, reply) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => answer(model, JSON.parse(body), reply));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  model.url = `http://127.0.0.1:${server.address().port}/v1`;
  model.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return model;
}

function answer(model, { messages }, reply) {
  ++model.requests;
  reply.on("close", () => reply.writableFinished || ++model.left);
  const source = /<texte>\n([\s\S]*)\n<\/texte>/.exec(messages.at(-1).content)?.[1] ?? "";
  const text = model.script(source);
  reply.writeHead(200, { "Content-Type": "text/event-stream" });
  if (text === undefined) return reply.flushHeaders();
  const send = (data) => reply.write(`data: ${JSON.stringify(data)}\n\n`);
  for (const word of text.split(/(?<= )/)) send({ choices: [{ index: 0, delta: { content: word }, finish_reason: null }] });
  send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  send({ choices: [], usage: { prompt_tokens: 200, completion_tokens: text.split(" ").length } });
  return reply.end("data: [DONE]\n\n");
}
