// What is asked is in the address of the page, the same with and without JavaScript: /?q=…&condition=…&condition=…
export interface Asked {
  question: string;
  conditions: string[];
}

export function askedIn(search: string): Asked {
  const parameters = new URLSearchParams(search);
  return { question: (parameters.get("q") ?? "").trim(), conditions: parameters.getAll("condition") };
}

export function addressOf(asked: Asked): string {
  if (asked.question === "") return "/";
  const parameters = new URLSearchParams({ q: asked.question });
  for (const condition of asked.conditions) parameters.append("condition", condition);
  return `/?${parameters.toString()}`;
}

// Our page of a publication.
export function publicationAddress(id: string): string {
  return `/fiches/${encodeURIComponent(id)}`;
}

// The anchor of a passage in that page: "F1341#p7" → "p7".
export function anchorOf(passageId: string): string {
  return passageId.slice(passageId.indexOf("#") + 1);
}

// An address that can do nothing but lead somewhere; the server holds the same rule.
export function safeAddress(address: string): string | undefined {
  if (/[\u0000-\u0020\u007f]/.test(address)) return undefined;
  return /^(?:[#?]|\/(?![/\\])|https?:\/\/|mailto:|tel:)/i.test(address) ? address : undefined;
}

// The digits of a text that is a French telephone number and nothing else.
export function telephoneDigits(text: string): string {
  const digits = text.replace(/[ .\u00a0]/g, "");
  return /^(?:\d{10}|\d{4}|\+\d{11})$/.test(digits) ? digits : "";
}

// Where a contact leads; « 3114 — Prévention du suicide » can be called with a finger.
export function contactAddress(contact: { name: string; url: string }): string | undefined {
  const digits = /^\d+/.exec(contact.name)?.[0];
  return safeAddress(contact.url === "" && digits ? `tel:${digits}` : contact.url);
}
