// Questions for each kind of answer. The journeys are about the page, not about how well it answers: of several candidates, the first that
// the program answers in the wanted way is taken, and none is a failure.
import { BASE } from "./browser.mjs";
import { faithful } from "./model.mjs";

async function answered(question) {
  const response = await fetch(`${BASE}/api/v1/answers`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question }),
  });
  return response.json();
}

async function first(kind, isRight, candidates) {
  if (BASE === "") return candidates[0];
  for (const question of candidates) {
    if (isRight(await answered(question))) return question;
  }
  throw new Error(`aucune question ne donne : ${kind}`);
}

const shows = ({ status, sentences }) => status === "answered" && sentences.length > 0;

export const ANSWERED = await first("une réponse", shows, [
  "J’ai perdu ma carte d’identité, que faire ?", "Comment faire un passeport ?", "Permis de construire, quel délai ?",
]);
export const OTHER_ANSWERED = await first("une autre réponse", shows, [
  "Que faire après un décès ?", "Comment demander le RSA ?", "Quelle autorisation pour un abri de jardin ?",
]);
export const REWORDABLE = await first("une réponse à reformuler", (answer) => shows(answer) && answer.sentences.some(({ text }) => faithful(text) !== text), [
  "Comment faire un passeport ?", "Que faire après un décès ?", "Comment demander le RSA ?", "Quelle autorisation pour un abri de jardin ?",
]);
export const TO_CHOOSE = await first("une situation à choisir", ({ precision }) => precision.choices.length > 1, [
  "Comment obtenir un acte de naissance ?", "Comment s’inscrire sur les listes électorales ?", "Quel délai pour déclarer une naissance ?",
]);
export const NOT_FOUND = await first("pas de réponse", ({ status }) => status === "not_found", [
  "Quels sont les horaires de la piscine municipale ?", "À quelle heure ouvre la déchèterie ?",
]);
export const OUT_OF_SCOPE = await first("hors du domaine", ({ status }) => status === "out_of_scope", [
  "Comment adopter un dragon ?", "Quelle est la capitale de l’Australie ?", "Qui a gagné le match hier ?",
]);
export const EMERGENCY = await first("une urgence", ({ emergency }) => emergency.length > 0, ["J’ai envie de me suicider"]);
export const PUBLICATION = "F1344";
