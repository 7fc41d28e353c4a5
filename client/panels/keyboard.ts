import { closeDrawer, goToUnit, openDrawer, place } from '../connection/address.ts';
import type { Desk } from '../state/desk.ts';

export interface KeyTargets {
  focusSearch(): void;
  showKeys(): void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target.tagName));

/** How long after `g` the second key counts. */
const CHORD_MS = 1200;

/** Shortcuts of the whole page, by the key's place on the board; never while an input method composes. Returns how to stop. */
export function listenToKeys(desk: Desk, { focusSearch, showKeys }: KeyTargets): () => void {
  let chordUntil = 0;
  const up = () => {
    const { division, drawer } = place.value;
    if (drawer) return closeDrawer();
    if (division !== null && division !== desk.root) goToUnit(desk.divisions.get(division)?.parent ?? null);
  };
  const chords: Record<string, () => void> = {
    KeyM: closeDrawer,
    KeyF: () => openDrawer({ kind: 'fields' }),
    KeyR: () => {
      if (desk.seesRepairs) openDrawer({ kind: 'repairs' });
    },
    KeyV: () => {
      desk.badge.value = null;
      openDrawer({ kind: 'machines' });
    },
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
      event.preventDefault();
      return focusSearch();
    }
    if (event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
    if (event.code === 'Escape') return up();
    if (isTyping(event.target)) return;
    const isChord = event.timeStamp < chordUntil;
    chordUntil = 0;
    if (isChord && event.code in chords) chords[event.code]();
    else if (event.code === 'KeyG') chordUntil = event.timeStamp + CHORD_MS;
    else if (event.code === 'Slash') {
      event.preventDefault();
      if (event.shiftKey || event.key === '?') showKeys();
      else focusSearch();
    }
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
