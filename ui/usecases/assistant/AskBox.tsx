// The question box, with the titles of matching publications while one types. Without suggestions it is a plain form.
import { useEffect, useState, type FormEvent } from "react";
import { suggest } from "../../api/client";
import { useAnnounce } from "../../kit/announcer";
import { Combobox, type Suggested } from "../../kit/combobox";
import { publicationAddress } from "./address";

const WAIT_MS = 180;
const SHORTEST = 3;

function useSuggestions(typed: string): Suggested[] {
  const announce = useAnnounce();
  const [suggestions, setSuggestions] = useState<Suggested[]>([]);
  useEffect(() => {
    setSuggestions([]);
    if (typed.trim().length < SHORTEST) return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      suggest(typed, control.signal).then(
        (found) => {
          if (control.signal.aborted) return;
          setSuggestions(found.map(({ id, title }) => ({ id, text: title })));
          if (found.length > 0) announce(`${found.length} ${found.length > 1 ? "fiches proposées" : "fiche proposée"}, flèche bas pour choisir.`);
        },
        () => undefined, // suggestions help, they are never in the way
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [typed, announce]);
  return suggestions;
}

export function AskBox({ question, hint, onAsk }: { question: string; hint?: string; onAsk: (question: string) => void }) {
  const [text, setText] = useState(question);
  const [typed, setTyped] = useState(""); // what suggestions are for: nothing once the question is asked
  const suggestions = useSuggestions(typed);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTyped("");
    if (text.trim() !== "") onAsk(text.trim());
  };

  return (
    <form className="ask" role="search" action="/" onSubmit={submit}>
      <label className="ask-label" htmlFor="question">Votre question</label>
      {hint && <p className="ask-hint" id="question-aide">{hint}</p>}
      <div className="ask-line">
        <Combobox id="question" name="q" className="ask-input" value={text} maxLength={500} enterKeyHint="search" required
          {...(hint && { "aria-describedby": "question-aide" })}
          onType={(value) => {
            setText(value);
            setTyped(value);
          }}
          suggestions={suggestions} listLabel="Fiches officielles" onChoose={({ id }) => window.location.assign(publicationAddress(id))} />
        <button type="submit" className="button button-main">Demander</button>
      </div>
    </form>
  );
}
