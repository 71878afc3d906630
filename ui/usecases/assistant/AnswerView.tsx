// The answer, in the same order and the same words as the page the server writes (pages_answer.cpp).
import type { RefObject } from "react";
import type { Answer, Contact, Model, Sentence, Source } from "../../api/types";
import { contactAddress, publicationAddress, telephoneDigits, type Asked } from "./address";
import { cardsOf, type Card, type Place } from "./grouping";
import { OpinionForm } from "./OpinionForm";
import { Chosen, PrecisionForm } from "./Precision";
import { Rewording } from "./Rewording";
import { Thorough } from "./Thorough";
import { beginning, frenchDate, joined, STATUS_LABELS } from "./words";

function ContactItem({ contact }: { contact: Contact }) {
  const address = contactAddress(contact);
  const lines = contact.detail === "" ? [] : contact.detail.split(" — ");
  return (
    <li className="contact">
      <p className="contact-name">{address ? <a href={address}>{contact.name}</a> : contact.name}</p>
      {lines.map((line) => {
        const digits = telephoneDigits(line);
        return <p key={line} className="contact-detail">{digits ? <a href={`tel:${digits}`}>{line}</a> : line}</p>;
      })}
    </li>
  );
}

export function Emergency({ contacts }: { contacts: Contact[] }) {
  if (contacts.length === 0) return null;
  return (
    <section className="emergency" aria-labelledby="urgence-titre">
      <h2 id="urgence-titre">En cas d’urgence, appelez</h2>
      <ul>{contacts.map((contact) => <ContactItem key={contact.name} contact={contact} />)}</ul>
    </section>
  );
}

export function SourceDate({ date }: { date: string }) {
  return <time dateTime={date}>{frenchDate(date)}</time>;
}

export function PlaceOf({ source }: { source: Source }) {
  if (!source.section && source.conditions.length === 0) return null;
  return (
    <dl className="place">
      {source.section && <><dt>Rubrique</dt><dd>{source.section}</dd></>}
      {source.conditions.length > 0 && <><dt>Situation</dt><dd>{joined(source.conditions)}</dd></>}
    </dl>
  );
}

function Extract({ sentence, onProof }: { sentence: Sentence; onProof: (source: Source) => void }) {
  return (
    <li className="extract">
      <blockquote className="extract-text"><p>{sentence.text}</p></blockquote>
      <p className="extract-proof">
        {!sentence.verbatim && <span className="reworded">Phrase reformulée à partir de la fiche. </span>}
        <button type="button" className="proof-link" aria-haspopup="dialog" onClick={() => onProof(sentence.source)}>
          Vérifier dans la fiche<span className="visually-hidden">&nbsp;: {beginning(sentence.text)}</span>
        </button>
      </p>
    </li>
  );
}

function PlaceExtracts({ place, onProof }: { place: Place; onProof: (source: Source) => void }) {
  return (
    <>
      <PlaceOf source={place.sentences[0].source} />
      <ul className="extracts">
        {place.sentences.map((sentence) => <Extract key={sentence.source.link + sentence.text} sentence={sentence} onProof={onProof} />)}
      </ul>
    </>
  );
}

function SourceCard({ card, onProof }: { card: Card; onProof: (source: Source) => void }) {
  const source = card.places[0].sentences[0].source;
  return (
    <article className="source">
      <h3 className="source-title">{source.title}</h3>
      <p className="source-date">Fiche officielle, mise à jour le <SourceDate date={source.date} /></p>
      {card.places.map((place, index) => <PlaceExtracts key={index} place={place} onProof={onProof} />)}
      <p className="source-links"><a href={publicationAddress(source.publication_id)}>Lire toute la fiche «&nbsp;{source.title}&nbsp;»</a></p>
    </article>
  );
}

function Provenance({ notice }: { notice: string }) {
  return (
    <p className="provenance">
      Réponse composée d’extraits choisis par un programme dans les fiches officielles. En cas de doute, lisez la fiche entière ou demandez à la
      mairie.{notice && ` ${notice}`}
    </p>
  );
}

function Contacts({ contacts }: { contacts: Contact[] }) {
  if (contacts.length === 0) return null;
  return (
    <section className="contacts" aria-labelledby="adresser-titre">
      <h3 id="adresser-titre">Où s’adresser</h3>
      <ul>{contacts.map((contact) => <ContactItem key={contact.name + contact.url} contact={contact} />)}</ul>
    </section>
  );
}

function SeeAlso({ sources }: { sources: Source[] }) {
  if (sources.length === 0) return null;
  return (
    <section className="see-also" aria-labelledby="voir-aussi-titre">
      <h3 id="voir-aussi-titre">Voir aussi</h3>
      <ul>
        {sources.map((source) => (
          <li key={source.publication_id}>
            <a href={publicationAddress(source.publication_id)}>{source.title}</a>{" "}
            <span className="quiet">(<SourceDate date={source.date} />)</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

// What the language model, when there is one, is offered for.
export type Can = Pick<Model, "available" | "thorough">;

export function AnswerView({ asked, answer, model, heading, onProof, onConditions, onAnswer }: {
  asked: Asked;
  answer: Answer;
  model: Can;
  heading: RefObject<HTMLHeadingElement | null>;
  onProof: (source: Source) => void;
  onConditions: (conditions: string[]) => void;
  onAnswer: (answer: Answer) => void;
}) {
  const precision = answer.precision.choices.length > 0 && (
    <PrecisionForm key={asked.conditions.join("\n")} precision={answer.precision}
      onChoose={(condition) => onConditions([...asked.conditions, condition])} />
  );
  const chooseFirst = answer.status === "needs_precision";
  return (
    <section className="answer" aria-labelledby="reponse-titre">
      <div className="answer-main">
        <h2 id="reponse-titre" ref={heading} tabIndex={-1} className="answer-status" data-status={answer.status}>{STATUS_LABELS[answer.status]}</h2>
        {answer.corrected && <p className="corrected">Mots cherchés, orthographe corrigée&nbsp;: <strong>{answer.corrected}</strong></p>}
        {answer.message && <p className="answer-message">{answer.message}</p>}
        <Chosen conditions={asked.conditions} onConditions={onConditions} />
        {chooseFirst && precision}
        {cardsOf(answer.sentences).map((card, index) => <SourceCard key={index} card={card} onProof={onProof} />)}
        {!chooseFirst && precision}
        {answer.sentences.length > 0 && <Provenance notice={answer.base_notice} />}
        {model.thorough && answer.route !== "none" && <Thorough key={`plus-${answer.id}`} asked={asked} answer={answer} onAnswer={onAnswer} />}
        {model.available && answer.sentences.length > 0 && (
          <Rewording key={answer.id} asked={asked} thorough={answer.route === "model"} onProof={onProof} />
        )}
        <p className="cost answer-cost">Calcul demandé à un modèle de langue pour la réponse ci-dessus&nbsp;: {answer.usage.line}</p>
      </div>
      <div className="answer-side">
        <Contacts contacts={answer.contacts} />
        <SeeAlso sources={answer.see_also} />
      </div>
      {answer.id && <OpinionForm key={answer.id} answerId={answer.id} question={asked.question} />}
    </section>
  );
}
