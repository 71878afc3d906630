// The words the page itself says; those of the answer come from the server.
import type { Answer, RewordingRest, Source, Status, Style } from "../../api/types";

export const STATUS_LABELS: Record<Status, string> = {
  answered: "Réponse",
  partial: "Réponse partielle",
  needs_precision: "À préciser",
  not_found: "Pas de réponse",
  out_of_scope: "Hors du domaine",
  needs_human: "Une personne doit vous répondre",
  refused: "Demande refusée",
  busy: "Service occupé",
  error: "Erreur",
};

// The ways to reword an answer (pages_rewording.cpp says the same).
export const STYLE_LABELS: Record<Style, string> = {
  plain: "Plus simplement",
  falc: "Facile à lire",
  letter_paragraph: "Rédiger pour un courrier",
};

export function joined(conditions: string[]): string {
  return conditions.join(" › ");
}

const DAY = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

// "2019-08-01" → "1er août 2019"; anything else is given back as it is.
export function frenchDate(iso: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  const day = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return iso;
  return DAY.format(day).replace(/^1 /, "1er ");
}

// The first words of a sentence, so that each link says which sentence it checks.
export function beginning(text: string, length = 48): string {
  if (text.length <= length) return text;
  const end = text.lastIndexOf(" ", length);
  return end > 0 ? `${text.slice(0, end)}…` : "";
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count > 1 ? several : one}`;
}

// What a screen reader says once when the answer comes: danger first, then the status, then how much there is to read.
export function announcement(answer: Answer): string {
  const parts: string[] = [];
  if (answer.emergency.length > 0) {
    parts.push(`En cas d’urgence, appelez\u00a0: ${answer.emergency.map((contact) => contact.name).join(", ")}.`);
  }
  parts.push(`${STATUS_LABELS[answer.status]}.`);
  if (answer.message) parts.push(answer.message);
  if (answer.sentences.length > 0) {
    const publications = new Set(answer.sentences.map((sentence) => sentence.source.publication_id)).size;
    parts.push(`${counted(answer.sentences.length, "extrait", "extraits")} de ${counted(publications, "fiche", "fiches")}.`);
  }
  if (answer.precision.choices.length > 0) parts.push(`${answer.precision.question} ${counted(answer.precision.choices.length, "choix", "choix")}.`);
  return parts.join(" ");
}

// While the model is asked: the place in the queue, or what it does now.
export function waitingWords(ahead: number, now: string): string {
  return ahead > 0 ? `En attente\u00a0: ${ahead} ${ahead > 1 ? "demandes passent" : "demande passe"} avant la vôtre.` : now;
}

// What a screen reader says once when a rewording is finished.
export function rewordingAnnouncement(style: Style, sentences: number, rest: RewordingRest): string {
  const count = `${counted(sentences, "phrase", "phrases")}, dont ${counted(rest.reworded, "reformulée", "reformulées")}.`;
  return `${STYLE_LABELS[style]}\u00a0: ${sentences > 0 ? `${count} ` : ""}${rest.message}`;
}

export function pageTitle(former: string, question: string, status: Status | undefined): string {
  const site = former.slice(former.lastIndexOf(" – Beffroi – ") >= 0 ? former.lastIndexOf(" – Beffroi – ") : former.length);
  const what = question === "" ? "Poser une question" : status ? `${STATUS_LABELS[status]}\u00a0: ${question}` : question;
  return what + site;
}

export function samePlace(a: Source, b: Source): boolean {
  return a.publication_id === b.publication_id && a.section === b.section && joined(a.conditions) === joined(b.conditions);
}
