// What the page says at the start: the question in its address, the answer the server left in it, the examples it shows.
import type { Answer } from "../api/types";
import { askedIn } from "../usecases/assistant/address";
import type { Start } from "../usecases/assistant/Assistant";

export function startOf(page: Document, search: string): Start {
  return {
    ...askedIn(search),
    answer: answerIn(page),
    examples: [...page.querySelectorAll(".examples a")].map((link) => link.textContent ?? ""),
  };
}

function answerIn(page: Document): Answer | undefined {
  try {
    return JSON.parse(page.getElementById("reponse-json")?.textContent ?? "") as Answer;
  } catch {
    return undefined; // no answer in this page: it will be asked for
  }
}
