/** What a page does on its keys; each may be left out. */
export interface KeyTargets {
  showKeys(): void;
  openPalette(): void;
  /** By the code of the key that follows `g`. */
  chords: Readonly<Record<string, () => void>>;
  /** `Esc`. */
  up?: () => void;
  /** `/`; without a search of its own a page opens the palette. */
  focusSearch?: () => void;
  /** Single keys by their code. */
  keys?: Readonly<Record<string, () => void>>;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** How long after `g` the second key counts. */
const CHORD_MS = 1200;

/** Shortcuts of the whole page, by the key's place on the board; never while an input method composes. Returns how to stop. */
export function listenToKeys({ showKeys, openPalette, chords, up, focusSearch, keys = {} }: KeyTargets): () => void {
  let chordUntil = 0;
  const alone = (event: KeyboardEvent) => {
    if (event.code === 'Slash') {
      event.preventDefault();
      if (event.shiftKey || event.key === '?') showKeys();
      else (focusSearch ?? openPalette)();
    } else if (!event.shiftKey && event.code in keys) {
      event.preventDefault();
      keys[event.code]();
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || event.defaultPrevented) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (document.querySelector('dialog[open]')) return;
    if (isCommand && event.code === 'KeyK') {
      event.preventDefault();
      return openPalette();
    }
    if (isCommand) return;
    if (event.code === 'Escape') return up?.();
    if (isTyping(event.target)) return;
    const isChord = event.timeStamp < chordUntil;
    chordUntil = 0;
    if (isChord && event.code in chords) chords[event.code]();
    else if (event.code === 'KeyG') chordUntil = event.timeStamp + CHORD_MS;
    else alone(event);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
