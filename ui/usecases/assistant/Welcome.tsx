// The home page: the box, and questions to start from.
import { addressOf } from "./address";
import { AskBox } from "./AskBox";

export function Welcome({ examples, onAsk }: { examples: string[]; onAsk: (question: string) => void }) {
  return (
    <>
      <div className="welcome">
        <h1>Une question sur une démarche&nbsp;?</h1>
        <p className="lead">
          Écrivez-la comme vous la poseriez au guichet. Beffroi cherche dans les fiches officielles et vous montre les phrases qui y répondent.
        </p>
        <AskBox question="" hint="N’écrivez ni nom, ni adresse, ni numéro de dossier&nbsp;: la réponse n’en a pas besoin." onAsk={onAsk} />
      </div>
      {examples.length > 0 && (
        <section className="examples" aria-labelledby="exemples-titre">
          <h2 id="exemples-titre">Par exemple</h2>
          <ul>
            {examples.map((example) => (
              <li key={example}>
                <a href={addressOf({ question: example, conditions: [] })} onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return; // a new tab or window
                  event.preventDefault();
                  onAsk(example);
                }}>{example}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
