// Small answers for the tests.
import type { Answer, Sentence, Source } from "../../api/types";

export function source(changes: Partial<Source> = {}): Source {
  return {
    publication_id: "F1", passage_id: "F1#p1", title: "Passeport", section: "Coût", date: "2019-08-01",
    url: "https://exemple.fr/F1", link: "/fiches/F1?passage=F1%23p1#p1", conditions: [], ...changes,
  };
}

export function sentence(text: string, changes: Partial<Source> = {}): Sentence {
  return { text, verbatim: true, source: source(changes) };
}

export function answer(changes: Partial<Answer> = {}): Answer {
  return {
    id: "abcdefgh", status: "answered", message: "", emergency: [], sentences: [], precision: { question: "", choices: [] },
    contacts: [], see_also: [], corrected: "", base_notice: "", confidence: 1, timing: { search_ms: 0, selection_ms: 0, total_ms: 0 },
    usage: { model: "", prompt_tokens: 0, reused_tokens: 0, generated_tokens: 0, tokens_known: true, cpu_s: 0, wall_s: 0, queued_s: 0, joules: null, line: "" },
    route: "extracts", more_advised: false, model_notice: "",
    base: { name: "", publisher: "", licence: "", origin: "", newest_date: "2020-11-12", notice: "" }, ...changes,
  };
}
