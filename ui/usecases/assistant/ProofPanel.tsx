// The proof of a sentence: the passage it comes from, taken from the page the server writes for everyone, with the sentence highlighted.
import { useEffect, useRef, useState } from "react";
import { ApiFault, publicationPage } from "../../api/client";
import type { Source } from "../../api/types";
import { Panel } from "../../kit/panel";
import { anchorOf, safeAddress } from "./address";
import { PlaceOf, SourceDate } from "./AnswerView";

function Passage({ source }: { source: Source }) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "shown" | { fault: string }>("loading");

  useEffect(() => {
    const control = new AbortController();
    publicationPage(source.link, control.signal).then(
      (page) => {
        const passage = page.getElementById(anchorOf(source.passage_id));
        if (!passage || !place.current) return setState({ fault: "Le passage n’est plus à cette place\u00a0: ouvrez la fiche entière." });
        for (const heading of passage.querySelectorAll(":scope > :is(h2, h3, h4, h5, h6)")) heading.remove(); // said above, once
        place.current.replaceChildren(document.adoptNode(passage));
        setState("shown");
        place.current.querySelector("mark")?.scrollIntoView({ block: "center" });
      },
      (fault: unknown) => {
        if (!control.signal.aborted) setState({ fault: fault instanceof ApiFault ? fault.message : "La fiche n’a pas pu être lue." });
      },
    );
    return () => control.abort();
  }, [source]);

  return (
    <>
      {state === "loading" && <p>Ouverture de la fiche…</p>}
      {typeof state === "object" && <p className="callout callout-warning">{state.fault}</p>}
      <div ref={place} className="publication" />
    </>
  );
}

export function ProofPanel({ source, onClose }: { source: Source; onClose: () => void }) {
  const official = safeAddress(source.url);
  return (
    <Panel title={source.title} onClose={onClose}>
      <p className="source-date">Fiche officielle, mise à jour le <SourceDate date={source.date} /></p>
      <PlaceOf source={source} />
      <Passage key={source.link} source={source} />
      <p className="panel-links">
        <a className="button" href={source.link}>Ouvrir la fiche entière</a>{" "}
        {official && <a className="button button-quiet" href={official}>Voir sur le site officiel</a>}
      </p>
    </Panel>
  );
}
