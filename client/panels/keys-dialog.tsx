import { useEffect, useRef } from 'preact/hooks';
import { words } from '../language/language.ts';

/** All shortcuts, on a native dialog. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const text = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const rows: [string[], string][] = [
    [['/', 'Ctrl K'], text.keys.search],
    [[`g ${text.keys.followedBy} m`], text.keys.map],
    [[`g ${text.keys.followedBy} f`], text.keys.fields],
    [[`g ${text.keys.followedBy} v`], text.keys.machines],
    [[`g ${text.keys.followedBy} r`], text.keys.repairs],
    [['↑', '↓'], text.keys.list],
    [['Enter'], text.keys.open],
    [['Esc'], text.keys.up],
    [['?'], text.keys.all],
  ];
  return (
    <dialog class="dialog" ref={dialog} onClose={onClose}>
      <h2>{text.keys.title}</h2>
      <table class="dialog__keys">
        <tbody>
          {rows.map(([keys, what]) => (
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
