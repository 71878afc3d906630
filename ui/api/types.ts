// The shapes of the API, as api/openapi.yaml describes them.
export type Status =
  | "answered" | "partial" | "needs_precision" | "not_found" | "out_of_scope" | "needs_human" | "refused" | "busy" | "error";

export interface Source {
  publication_id: string;
  passage_id: string;
  title: string;
  section: string;
  date: string;
  url: string;
  link: string;
  conditions: string[];
}
export interface Sentence {
  text: string;
  verbatim: boolean;
  source: Source;
}
export interface Choice {
  label: string;
  condition: string;
}
export interface Contact {
  name: string;
  detail: string;
  url: string;
}
export interface Answer {
  id: string;
  status: Status;
  message: string;
  emergency: Contact[];
  sentences: Sentence[];
  precision: { question: string; choices: Choice[] };
  contacts: Contact[];
  see_also: Source[];
  corrected: string;
  base_notice: string;
}
export interface Suggestion {
  id: string;
  title: string;
}
export interface Opinion {
  answer_id: string;
  helpful: boolean;
  reason?: string;
  question?: string;
}
