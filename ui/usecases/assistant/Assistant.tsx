// The assistant in the page: one question asked at a time, the address always saying what is shown.
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiFault, ask, model } from "../../api/client";
import type { Answer, Source } from "../../api/types";
import { useAnnounce } from "../../kit/announcer";
import { addressOf, askedIn, type Asked } from "./address";
import { AnswerView, Emergency, type Can } from "./AnswerView";
import { AskBox } from "./AskBox";
import { ProofPanel } from "./ProofPanel";
import { Welcome } from "./Welcome";
import { announcement, pageTitle } from "./words";

export interface Start extends Asked {
  answer: Answer | undefined;
  examples: string[];
}

type Shown =
  | { kind: "home" }
  | { kind: "asking" }
  | { kind: "answer"; answer: Answer }
  | { kind: "failed"; message: string };

const REMEMBERED = 20;
const NOTHING: Can = { available: false, thorough: false };

export function Assistant({ start, onHome }: { start: Start; onHome: (home: boolean) => void }) {
  const announce = useAnnounce();
  const [asked, setAsked] = useState<Asked>({ question: start.question, conditions: start.conditions });
  const [shown, setShown] = useState<Shown>(start.answer ? { kind: "answer", answer: start.answer } : { kind: "home" });
  const [proof, setProof] = useState<Source>();
  const [can, setCan] = useState<Can>(NOTHING);
  const running = useRef<AbortController>(undefined);
  const known = useRef(new Map<string, Answer>(start.answer ? [[addressOf(start), start.answer]] : []));
  const heading = useRef<HTMLHeadingElement>(null);
  const focusHeading = useRef(false);

  const show = useCallback(async (next: Asked) => {
    running.current?.abort();
    const control = (running.current = new AbortController());
    setAsked(next);
    setProof(undefined);
    onHome(next.question === "");
    if (next.question === "") return setShown({ kind: "home" });
    try {
      const address = addressOf(next);
      let answer = known.current.get(address);
      if (!answer) {
        setShown({ kind: "asking" });
        answer = await ask(next.question, next.conditions, control.signal);
        if (known.current.size >= REMEMBERED) known.current.delete(known.current.keys().next().value ?? "");
        known.current.set(address, answer);
      }
      if (control.signal.aborted) return;
      setShown({ kind: "answer", answer });
      announce(announcement(answer));
    } catch (fault) {
      if (control.signal.aborted) return;
      const message = fault instanceof ApiFault ? fault.message : "La page a rencontré une erreur. Rechargez-la.";
      setShown({ kind: "failed", message });
      announce(message);
    }
  }, [announce, onHome]);

  // Asks and writes it in the history. What was pressed goes away with the former page: the focus goes to the answer.
  const askNow = useCallback((next: Asked) => {
    focusHeading.current = true;
    const address = addressOf(next);
    if (address !== window.location.pathname + window.location.search) window.history.pushState(null, "", address);
    void show(next);
  }, [show]);

  // The model has chosen: its answer takes the place of the other one, here and when the reader comes back.
  const takeThorough = useCallback((answer: Answer) => {
    known.current.set(addressOf(asked), answer);
    focusHeading.current = true;
    setProof(undefined);
    setShown({ kind: "answer", answer });
    announce(announcement(answer));
  }, [announce, asked]);

  useEffect(() => {
    const goBack = () => {
      focusHeading.current = false;
      void show(askedIn(window.location.search));
    };
    window.addEventListener("popstate", goBack);
    return () => window.removeEventListener("popstate", goBack);
  }, [show]);

  useEffect(() => {
    if (start.question !== "" && !start.answer) void show(start); // the page came without its answer
  }, [show, start]);

  const answered = shown.kind === "answer";
  useEffect(() => {
    // Without an answer to this, nothing of a model is shown.
    if (answered) model().then(setCan, () => setCan(NOTHING));
  }, [answered]);

  useEffect(() => {
    document.title = pageTitle(document.title, asked.question, shown.kind === "answer" ? shown.answer.status : undefined);
    if ((shown.kind === "answer" || shown.kind === "failed") && focusHeading.current) {
      focusHeading.current = false;
      heading.current?.focus();
    }
  }, [asked, shown]);

  const askQuestion = (question: string) => askNow({ question, conditions: [] });
  if (shown.kind === "home") return <Welcome examples={start.examples} onAsk={askQuestion} />;
  return (
    <>
      {shown.kind === "answer" && <Emergency contacts={shown.answer.emergency} />}
      <h1 className="asked">«&nbsp;{asked.question}&nbsp;»</h1>
      <AskBox key={asked.question} question={asked.question} onAsk={askQuestion} />
      {shown.kind === "asking" && <p className="working">Recherche dans les fiches officielles…</p>}
      {shown.kind === "failed" && (
        <section className="answer" aria-labelledby="reponse-titre">
          <h2 id="reponse-titre" ref={heading} tabIndex={-1} className="answer-status" data-status="error">Erreur</h2>
          <p className="answer-message">{shown.message}</p>
          <button type="button" className="button" onClick={() => askNow(asked)}>Réessayer</button>
        </section>
      )}
      {shown.kind === "answer" && (
        <AnswerView asked={asked} answer={shown.answer} model={can} heading={heading} onProof={setProof}
          onConditions={(conditions) => askNow({ ...asked, conditions })} onAnswer={takeThorough} />
      )}
      {proof && <ProofPanel source={proof} onClose={() => setProof(undefined)} />}
    </>
  );
}
