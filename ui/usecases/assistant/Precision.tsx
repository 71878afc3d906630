// The choice that tells answers apart, and the choices already made.
import { useState } from "react";
import type { Answer } from "../../api/types";

export function PrecisionForm({ precision, onChoose }: { precision: Answer["precision"]; onChoose: (condition: string) => void }) {
  const [chosen, setChosen] = useState<string>();
  return (
    <form className="precision" onSubmit={(event) => {
      event.preventDefault();
      if (chosen !== undefined) onChoose(chosen);
    }}>
      <fieldset>
        <legend>{precision.question}</legend>
        {precision.choices.map((choice, index) => (
          <div key={choice.condition} className="choice">
            <input type="radio" required id={`choix-${index + 1}`} name="condition" value={choice.condition}
              checked={chosen === choice.condition} onChange={() => setChosen(choice.condition)} />
            <label htmlFor={`choix-${index + 1}`}>{choice.label}</label>
          </div>
        ))}
      </fieldset>
      <button type="submit" className="button button-main">Préciser</button>
    </form>
  );
}

export function Chosen({ conditions, onConditions }: { conditions: string[]; onConditions: (conditions: string[]) => void }) {
  if (conditions.length === 0) return null;
  return (
    <section className="chosen" aria-labelledby="situation-titre">
      <h3 id="situation-titre">Votre situation</h3>
      <ul>
        {conditions.map((condition, index) => (
          <li key={condition}>
            {condition}{" "}
            <button type="button" className="button button-quiet" onClick={() => onConditions(conditions.filter((_, other) => other !== index))}>
              Retirer<span className="visually-hidden"> «&nbsp;{condition}&nbsp;»</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
