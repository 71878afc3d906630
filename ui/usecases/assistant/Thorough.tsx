// « Chercher plus à fond »: the reader asks the model to read the passages again. The same words as pages_thorough.cpp.
import { useEffect, useRef, useState } from "react";
import { ApiFault, askThorough } from "../../api/client";
import type { Answer } from "../../api/types";
import { useAnnounce } from "../../kit/announcer";
import type { Asked } from "./address";
import { waitingWords } from "./words";

const STOPPED = "Arrêté à votre demande. La réponse au-dessus reste entière.";
const READING = "Le modèle relit les passages trouvés…";

export function Thorough({ asked, answer, onAnswer }: { asked: Asked; answer: Answer; onAnswer: (answer: Answer) => void }) {
  const announce = useAnnounce();
  const [ahead, setAhead] = useState<number>(); // requests before this one, while working
  const [fault, setFault] = useState(answer.model_notice);
  const running = useRef<AbortController>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => () => running.current?.abort(), []); // another answer: the model is let go

  const finish = (message: string) => {
    setAhead(undefined);
    setFault(message);
    announce(message);
  };

  const start = async () => {
    const control = (running.current = new AbortController());
    heading.current?.focus(); // the button goes away
    setFault("");
    setAhead(0);
    announce(READING);
    try {
      const place = (before: number) => {
        setAhead(before);
        if (before > 0) announce(waitingWords(before, READING));
      };
      const found = await askThorough(asked, place, control.signal);
      if (control.signal.aborted) return;
      if (found.model_notice === "") return onAnswer(found);
      finish(found.model_notice);
    } catch (thrown) {
      if (control.signal.aborted) return;
      finish(thrown instanceof ApiFault ? thrown.message : "La page a rencontré une erreur. Rechargez-la.");
    }
  };

  const stop = () => {
    running.current?.abort();
    heading.current?.focus();
    finish(STOPPED);
  };

  const working = ahead !== undefined;
  return (
    <section className="thorough" aria-labelledby="approfondir-titre" aria-busy={working}>
      <h3 id="approfondir-titre" ref={heading} tabIndex={-1}>Chercher plus à fond</h3>
      {answer.route === "model" && (
        <p className="quiet">
          Un modèle de langue a relu les passages trouvés et aidé à choisir les extraits. Il n’a rien écrit&nbsp;: ce sont les mots des
          fiches.
        </p>
      )}
      {answer.route !== "model" && (
        <>
          {answer.more_advised && <p className="thorough-advice">Ces extraits ne répondent peut-être pas entièrement à votre question.</p>}
          <p className="quiet">
            Un modèle de langue peut relire les passages trouvés et mieux choisir les extraits. Il n’écrit rien. Comptez de quelques
            secondes à une minute.
          </p>
          {fault && <p className="fault">{fault}</p>}
          {working && <p className="working">{waitingWords(ahead, READING)}</p>}
          {working
            ? <button type="button" className="button" onClick={stop}>Arrêter</button>
            : <button type="button" className="button" onClick={() => void start()}>Chercher plus à fond</button>}
        </>
      )}
    </section>
  );
}
