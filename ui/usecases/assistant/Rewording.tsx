// The answer said otherwise by a language model: each sentence says whose words it has, and shows those of the fiche when they are not
// its own. The same words as the page the server writes (pages_rewording.cpp).
import { useEffect, useRef, useState } from "react";
import { ApiFault, reword } from "../../api/client";
import type { RewordedSentence, RewordingRest, Source, Style } from "../../api/types";
import { useAnnounce } from "../../kit/announcer";
import { publicationAddress, type Asked } from "./address";
import { beginning, frenchDate, joined, rewordingAnnouncement, STYLE_LABELS, waitingWords } from "./words";

interface Result {
  style: Style;
  sentences: RewordedSentence[];
  ahead: number; // requests before this one in the queue
  rest?: RewordingRest;
  fault?: string;
}

const STYLES = Object.keys(STYLE_LABELS) as Style[];
const STOPPED = "Arrêté à votre demande. La réponse au-dessus reste entière.";

function Reworded({ sentence, onProof }: { sentence: RewordedSentence; onProof: (source: Source) => void }) {
  return (
    <li className="extract">
      <p className="reworded-mark"><strong>{sentence.verbatim ? "Texte officiel" : "Reformulé"}</strong></p>
      <p className="reworded-text">{sentence.text}</p>
      {sentence.source.conditions.length > 0 && <p className="quiet">Situation&nbsp;: {joined(sentence.source.conditions)}</p>}
      {!sentence.verbatim && (
        <details className="original">
          <summary>Voir le texte officiel</summary>
          <blockquote><p>{sentence.original}</p></blockquote>
        </details>
      )}
      <p className="extract-proof">
        <button type="button" className="proof-link" aria-haspopup="dialog" onClick={() => onProof(sentence.source)}>
          Vérifier dans la fiche<span className="visually-hidden">&nbsp;: {beginning(sentence.text)}</span>
        </button>
      </p>
    </li>
  );
}

function Fiches({ sentences }: { sentences: RewordedSentence[] }) {
  const sources = sentences.map((sentence) => sentence.source)
    .filter((source, index, all) => all.findIndex((other) => other.publication_id === source.publication_id) === index);
  return sources.map((source) => (
    <p key={source.publication_id} className="source-date">
      D’après la fiche officielle <a href={publicationAddress(source.publication_id)}>«&nbsp;{source.title}&nbsp;»</a>, mise à jour
      le <time dateTime={source.date}>{frenchDate(source.date)}</time>
    </p>
  ));
}

const WRITING = "Le modèle écrit\u00a0; chaque phrase apparaît une fois vérifiée…";

function ResultView({ result, onStop, onProof }: { result: Result; onStop: () => void; onProof: (source: Source) => void }) {
  const working = !result.rest && !result.fault;
  const heading = useRef<HTMLHeadingElement>(null);
  const message = result.fault ?? result.rest?.message;
  return (
    <section className="rewording-result" aria-labelledby="reformulation-titre" aria-busy={working}>
      <h4 id="reformulation-titre" ref={heading} tabIndex={-1}>{STYLE_LABELS[result.style]}</h4>
      <p className="callout callout-note">
        Texte reformulé par un modèle de langue. Chaque phrase porte sa marque&nbsp;: «&nbsp;Reformulé&nbsp;» ou «&nbsp;Texte officiel&nbsp;».
      </p>
      {working && (
        <div className="rewording-progress">
          <p className="working">{waitingWords(result.ahead, WRITING)}</p>
          <button type="button" className="button" onClick={() => {
            heading.current?.focus(); // the button goes away
            onStop();
          }}>Arrêter</button>
        </div>
      )}
      {message && <p className="answer-message">{message}</p>}
      <Fiches sentences={result.sentences} />
      <ul className="extracts">
        {result.sentences.map((sentence, index) => <Reworded key={index} sentence={sentence} onProof={onProof} />)}
      </ul>
      {result.rest?.letter && (
        <>
          <label htmlFor="courrier">Paragraphe à relire et à copier</label>
          <textarea id="courrier" rows={10} readOnly value={result.rest.letter} />
        </>
      )}
      {result.rest && <p className="cost">{result.rest.usage.line}</p>}
    </section>
  );
}

export function Rewording({ asked, thorough, onProof }: { asked: Asked; thorough: boolean; onProof: (source: Source) => void }) {
  const announce = useAnnounce();
  const [result, setResult] = useState<Result>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []); // another answer: the model is let go

  const start = async (style: Style) => {
    running.current?.abort();
    const control = (running.current = new AbortController());
    const change = (changes: (former: Result) => Partial<Result>) => {
      if (!control.signal.aborted) setResult((former) => former && { ...former, ...changes(former) });
    };
    setResult({ style, sentences: [], ahead: 0 });
    let count = 0;
    try {
      const rest = await reword({ ...asked, thorough, style }, {
        onPlace: (ahead) => change(() => ({ ahead })),
        onSentence: (sentence) => {
          ++count;
          change((former) => ({ sentences: [...former.sentences, sentence], ahead: 0 }));
        },
      }, control.signal);
      change(() => ({ rest }));
      if (!control.signal.aborted) announce(rewordingAnnouncement(style, count, rest));
    } catch (thrown) {
      if (control.signal.aborted) return;
      const fault = thrown instanceof ApiFault ? thrown.message : "La page a rencontré une erreur. Rechargez-la.";
      change(() => ({ fault }));
      announce(fault);
    }
  };

  const stop = () => {
    running.current?.abort();
    setResult((former) => former && { ...former, fault: STOPPED });
    announce(STOPPED);
  };

  return (
    <section className="rewording" aria-labelledby="reformuler-titre">
      <h3 id="reformuler-titre">Lire cette réponse autrement</h3>
      <p className="quiet">
        Un modèle de langue peut reformuler ces extraits. Un programme compare chaque phrase à la fiche&nbsp;; ce qui ne passe pas reste dans les
        mots de la fiche.
      </p>
      <div className="rewording-choices">
        {STYLES.map((style) => (
          <button key={style} type="button" className="button" onClick={() => void start(style)}>{STYLE_LABELS[style]}</button>
        ))}
      </div>
      {result && <ResultView key={result.style} result={result} onStop={stop} onProof={onProof} />}
    </section>
  );
}
