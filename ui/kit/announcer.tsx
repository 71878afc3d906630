// One polite live region for the whole page: each message is said once by a screen reader, and seen by nobody.
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";

const Announce = createContext<(message: string) => void>(() => undefined);
export const useAnnounce = () => useContext(Announce);

export function Announcer({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState({ text: "", turn: 0 });
  const announce = useCallback((text: string) => setMessage((former) => ({ text, turn: former.turn + 1 })), []);
  return (
    <Announce value={useMemo(() => announce, [announce])}>
      {children}
      <div role="status" aria-live="polite" aria-atomic="true" className="visually-hidden" data-testid="annonce">
        {/* a new node each time, so that the same words twice are said twice */}
        <span key={message.turn}>{message.text}</span>
      </div>
    </Announce>
  );
}
