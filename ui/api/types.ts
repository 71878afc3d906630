// The shapes of the API, taken from api/openapi.yaml (npm run schema): a change of the description that the page does not follow
// stops the build.
import type { components } from "beffroi-api";

type Schemas = components["schemas"];

export type Status = Schemas["Status"];
export type Source = Schemas["Source"];
export type Sentence = Schemas["Sentence"];
export type Contact = Schemas["Contact"];
export type Answer = Schemas["Answer"];
export type Opinion = Schemas["Feedback"];
export type Suggestions = Schemas["Suggestions"];
export type Style = Schemas["Style"];
export type RewordedSentence = Schemas["RewordedSentence"];
// The parts of a rewording in a stream: one sentence after the other, then the rest.
export type RewordingRest = Pick<Schemas["Rewording"], "message" | "reworded" | "refused" | "letter" | "usage">;
export type Model = Schemas["Model"];
