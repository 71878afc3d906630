// Takes over the element #assistant of the page the server wrote, starting from what it already shows.
import "../kit/style.css";
import { createRoot } from "react-dom/client";
import { I18nProvider } from "react-aria-components";
import { Announcer } from "../kit/announcer";
import { Assistant } from "../usecases/assistant/Assistant";
import { startOf } from "./start";

const place = document.getElementById("assistant");
if (place) {
  const home = document.getElementById("accueil");
  const start = startOf(document, window.location.search);
  createRoot(place).render(
    <I18nProvider locale="fr-FR">
      <Announcer>
        <Assistant start={start} onHome={(atHome) => {
          if (home) home.hidden = !atHome;
          else if (atHome) window.location.reload(); // back to a home page this document never had
        }} />
      </Announcer>
    </I18nProvider>,
  );
}
