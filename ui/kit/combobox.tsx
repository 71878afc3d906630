// A text box with suggestions under it (W3C pattern « editable combobox with list autocomplete »). The list stays in the flow of its
// form: nothing else on the page is hidden from screen readers while it is open. Enter without a chosen suggestion submits the form.
import { useEffect, useId, useState, type InputHTMLAttributes, type KeyboardEvent } from "react";

export interface Suggested {
  id: string;
  text: string;
}

type Native = Pick<InputHTMLAttributes<HTMLInputElement>, "id" | "name" | "maxLength" | "enterKeyHint" | "aria-describedby" | "required">;

export interface ComboboxProps extends Native {
  className: string;
  value: string;
  onType: (value: string) => void;
  suggestions: Suggested[];
  listLabel: string;
  onChoose: (suggestion: Suggested) => void;
}

// The suggestion reached by an arrow from `current` (-1: none, the focus is in the text).
export function stepped(current: number, step: 1 | -1, count: number): number {
  const places = count + 1;
  return ((current + 1 + step + places) % places) - 1;
}

export function Combobox({ className, value, onType, suggestions, listLabel, onChoose, ...native }: ComboboxProps) {
  const listId = useId();
  const [closed, setClosed] = useState(true);
  const [active, setActive] = useState(-1);
  const open = !closed && suggestions.length > 0;
  const chosen = open ? suggestions[active] : undefined;

  useEffect(() => setActive(-1), [suggestions]);
  useEffect(() => {
    if (chosen) document.getElementById(`${listId}-${chosen.id}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, listId]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (suggestions.length === 0) return;
        event.preventDefault();
        setClosed(false);
        setActive(stepped(open ? active : -1, event.key === "ArrowDown" ? 1 : -1, suggestions.length));
        return;
      case "Enter":
        if (chosen) {
          event.preventDefault();
          onChoose(chosen);
        }
        setClosed(true);
        return;
      case "Escape":
        if (open) event.preventDefault();
        setClosed(true);
        return;
      default:
    }
  };

  return (
    <div className="combobox">
      <input {...native} type="text" className={className} value={value} autoComplete="off" role="combobox" aria-autocomplete="list"
        aria-expanded={open} aria-controls={listId} aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        onChange={(event) => {
          setClosed(false);
          onType(event.target.value);
        }}
        onKeyDown={onKeyDown} onBlur={() => setClosed(true)} />
      <ul id={listId} className="suggestions" role="listbox" aria-label={listLabel} hidden={!open}>
        {suggestions.map((suggestion, index) => (
          <li key={suggestion.id} id={`${listId}-${suggestion.id}`} className="suggestion" role="option" aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()} onClick={() => onChoose(suggestion)}>
            {suggestion.text}
          </li>
        ))}
      </ul>
    </div>
  );
}
