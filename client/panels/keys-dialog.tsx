import { useEffect, useRef } from 'preact/hooks';
import type { Actor } from '../../shared/permissions.ts';
import { words } from '../language/language.ts';
import { type ChordName, chordKeys, chordPaths } from './page-keys.ts';
import '../style/dialog.css';

export interface KeyRow {
  keys: readonly string[];
  what: string;
}

/** All shortcuts that this person has on this page, on a native dialog. */
export function KeysDialog({ session, rows = [], onClose }: { session: Actor; rows?: readonly KeyRow[] | undefined; onClose: () => void }) {
  const text = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const chords = Object.keys(chordPaths(session, null)) as ChordName[];
  const all: KeyRow[] = [
    { keys: ['Ctrl K'], what: text.keys.palette },
    { keys: ['/'], what: text.keys.search },
    ...chords.map(name => ({ keys: [`g ${text.keys.followedBy} ${chordKeys[name]}`], what: chordText(name) })),
    { keys: ['↑', '↓'], what: text.keys.list },
    { keys: ['Enter'], what: text.keys.open },
    ...rows,
    { keys: ['Esc'], what: text.keys.up },
    { keys: ['?'], what: text.keys.all },
  ];
  return (
    <dialog class="dialog" ref={dialog} onClose={onClose} aria-label={text.keys.title}>
      <h2>{text.keys.title}</h2>
      <table class="dialog__keys">
        <tbody>
          {all.map(({ keys, what }) => (
            <tr key={what}>
              <td>
                {keys.map(key => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" class="button" onClick={() => dialog.current?.close()}>
        {text.close}
      </button>
    </dialog>
  );
}

function chordText(name: ChordName): string {
  const { keys, pages } = words.value;
  if (name === 'fields' || name === 'repairs' || name === 'machines' || name === 'map') return keys[name];
  return pages[name];
}
