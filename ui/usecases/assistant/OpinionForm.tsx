// « Cette réponse vous a-t-elle aidé ? » Kept in the commune without a name; the question goes along only when the box is ticked.
import { useEffect, useRef, useState, type FormEvent } from "react";
import { ApiFault, giveOpinion } from "../../api/client";
import { useAnnounce } from "../../kit/announcer";

export function OpinionForm({ answerId, question }: { answerId: string; question: string }) {
  const announce = useAnnounce();
  const [state, setState] = useState<"open" | "sending" | "sent">("open");
  const [fault, setFault] = useState("");
  const thanks = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    if (state === "sent") thanks.current?.focus();
  }, [state]);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const reason = String(values.get("reason") ?? "").trim();
    setState("sending");
    setFault("");
    try {
      await giveOpinion({
        answer_id: answerId,
        helpful: values.get("helpful") === "oui",
        ...(reason && { reason }),
        ...(values.has("with_question") && { question }),
      });
      setState("sent");
    } catch (thrown) {
      const message = thrown instanceof ApiFault ? thrown.message : "Votre avis n’a pas pu être envoyé.";
      setState("open");
      setFault(message);
      announce(message);
    }
  };

  if (state === "sent") {
    return <p className="opinion" ref={thanks} tabIndex={-1}>Merci de votre avis. Il est gardé dans la commune, sans votre nom.</p>;
  }
  return (
    <form className="opinion" onSubmit={(event) => void send(event)}>
      <fieldset className="opinion-choice">
        <legend>Cette réponse vous a-t-elle aidé&nbsp;?</legend>
        {[["oui", "Oui"], ["non", "Non"]].map(([value, label]) => (
          <div key={value} className="choice">
            <input type="radio" required id={`utile-${value}`} name="helpful" value={value} />
            <label htmlFor={`utile-${value}`}>{label}</label>
          </div>
        ))}
      </fieldset>
      <label htmlFor="motif">Qu’a-t-il manqué&nbsp;? (facultatif, sans nom ni coordonnées)</label>
      <textarea id="motif" name="reason" rows={2} maxLength={500} />
      <div className="choice">
        <input type="checkbox" id="joindre" name="with_question" value="oui" />
        <label htmlFor="joindre">Joindre ma question à cet avis</label>
      </div>
      {fault && <p className="fault">{fault}</p>}
      <button type="submit" className="button" disabled={state === "sending"}>Envoyer mon avis</button>
    </form>
  );
}
