// The few calls the page makes, all to its own server. A failure is an ApiFault whose message is a French sentence for the reader.
import { eventsOf } from "./events";
import type { Answer, Model, Opinion, RewordedSentence, RewordingRest, Sentence, Style, Suggestions } from "./types";

export class ApiFault extends Error {}

const BROKEN = "La connexion s’est interrompue avant la fin. La réponse au-dessus reste entière.";
const UNREACHABLE = "La connexion au service ne passe pas. Vérifiez votre réseau, puis réessayez.";

async function fetched(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (fault) {
    if (init.signal?.aborted) throw fault;
    throw new ApiFault(UNREACHABLE);
  }
  if (response.ok) return response;
  throw new ApiFault(await problemDetail(response));
}

// The charter of use must be accepted first: to its page, then back here, as the pages without scripts do.
function leadToCharter(problem: unknown) {
  if (typeof problem !== "object" || problem === null || !("code" in problem) || problem.code !== "charter_not_accepted") return;
  window.location.assign(`/charte?suite=${encodeURIComponent(window.location.pathname + window.location.search)}`);
}

// The detail of a problem+json, or a plain sentence.
async function problemDetail(response: Response): Promise<string> {
  try {
    const problem: unknown = await response.json();
    leadToCharter(problem);
    if (typeof problem === "object" && problem !== null && "detail" in problem && typeof problem.detail === "string") return problem.detail;
  } catch {
    // not JSON: a proxy in front answered
  }
  return response.status === 503
    ? "Trop de demandes arrivent en même temps. Réessayez dans une minute."
    : "Le service n’a pas pu répondre. Réessayez dans un moment.";
}

// What a session asks of every request that changes something; the page carries it when somebody is signed in.
function token(): Record<string, string> {
  const csrf = document.querySelector<HTMLMetaElement>("meta[name=csrf]")?.content;
  return csrf ? { "X-Beffroi-Csrf": csrf } : {};
}

function sent(body: unknown, signal?: AbortSignal): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...token() },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  };
}

export async function ask(question: string, conditions: string[], signal: AbortSignal): Promise<Answer> {
  return (await fetched("/api/v1/answers", sent({ question, conditions }, signal))).json() as Promise<Answer>;
}

// The same question, the model choosing too: seconds. `onPlace`: requests before this one.
export async function askThorough(
  asked: { question: string; conditions: string[] }, onPlace: (ahead: number) => void, signal: AbortSignal,
): Promise<Answer> {
  const request = sent({ question: asked.question, conditions: asked.conditions, thorough: true }, signal);
  const response = await fetched("/api/v1/answers", { ...request, headers: { ...request.headers, Accept: "text/event-stream" } });
  const sentences: Sentence[] = [];
  let beginning = {};
  try {
    if (response.body) {
      for await (const { name, data } of eventsOf(response.body)) {
        if (name === "place") onPlace((JSON.parse(data) as { ahead: number }).ahead);
        if (name === "status") beginning = JSON.parse(data) as Partial<Answer>;
        if (name === "sentence") sentences.push(JSON.parse(data) as Sentence);
        if (name === "done") return { ...beginning, sentences, ...(JSON.parse(data) as Partial<Answer>) } as Answer;
      }
    }
  } catch (fault) {
    if (signal.aborted) throw fault;
  }
  throw new ApiFault(BROKEN);
}

export async function suggest(query: string, signal: AbortSignal): Promise<Suggestions["suggestions"]> {
  const response = await fetched(`/api/v1/suggest?q=${encodeURIComponent(query)}`, { signal });
  return ((await response.json()) as Suggestions).suggestions;
}

export async function giveOpinion(opinion: Opinion): Promise<void> {
  await fetched("/api/v1/feedback", sent(opinion));
}

export async function model(): Promise<Model> {
  return (await fetched("/api/v1/model", {})).json() as Promise<Model>;
}

export interface RewordingListener {
  onPlace: (ahead: number) => void; // requests before this one
  onSentence: (sentence: RewordedSentence) => void;
}

// Each sentence as it has passed the check, then the rest.
export async function reword(
  asked: { question: string; conditions: string[]; thorough: boolean; style: Style }, listener: RewordingListener, signal: AbortSignal,
): Promise<RewordingRest> {
  const request = sent(asked, signal);
  const response = await fetched("/api/v1/rewordings", { ...request, headers: { ...request.headers, Accept: "text/event-stream" } });
  try {
    if (response.body) {
      for await (const { name, data } of eventsOf(response.body)) {
        if (name === "place") listener.onPlace((JSON.parse(data) as { ahead: number }).ahead);
        if (name === "sentence") listener.onSentence(JSON.parse(data) as RewordedSentence);
        if (name === "done") return JSON.parse(data) as RewordingRest;
      }
    }
  } catch (fault) {
    if (signal.aborted) throw fault;
  }
  throw new ApiFault(BROKEN);
}

// The page of a publication, as the server writes it for everyone: the proof is the same with and without JavaScript.
export async function publicationPage(link: string, signal: AbortSignal): Promise<Document> {
  const text = await (await fetched(link, { signal, headers: { Accept: "text/html" } })).text();
  return new DOMParser().parseFromString(text, "text/html");
}
