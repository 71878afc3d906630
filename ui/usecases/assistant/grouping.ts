// Sentences come in reading order; they are shown as one card a publication, one list a place in it.
import type { Sentence } from "../../api/types";
import { samePlace } from "./words";

export interface Place {
  sentences: [Sentence, ...Sentence[]];
}
export interface Card {
  places: [Place, ...Place[]];
}

export function cardsOf(sentences: Sentence[]): Card[] {
  const cards: Card[] = [];
  let former: Sentence | undefined;
  for (const sentence of sentences) {
    const card = cards.at(-1);
    const place = card?.places.at(-1);
    if (former && place && samePlace(former.source, sentence.source)) {
      place.sentences.push(sentence);
    } else if (former && card && former.source.publication_id === sentence.source.publication_id) {
      card.places.push({ sentences: [sentence] });
    } else {
      cards.push({ places: [{ sentences: [sentence] }] });
    }
    former = sentence;
  }
  return cards;
}
