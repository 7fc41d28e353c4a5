import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../language/language.ts';
import '../style/modal.css';

/** A native dialog over the page; Esc and the cross close it. */
export function Modal({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="modal" ref={dialog} onClose={onClose} aria-label={title}>
      <header class="modal__head">
        <h2>{title}</h2>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {words.value.close}
        </button>
      </header>
      {children}
    </dialog>
  );
}
