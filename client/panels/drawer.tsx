import type { ComponentChildren } from 'preact';
import { closeDrawer } from '../connection/address.ts';
import { words } from '../language/language.ts';

/** Slides over the right part of the map; `wide` for lists. Back leads to what was open before. */
export function Drawer({ title, wide = false, children }: { title: string; wide?: boolean; children: ComponentChildren }) {
  const text = words.value;
  return (
    <aside class={`drawer ${wide ? 'drawer--wide' : ''}`} aria-label={title}>
      <header class="drawer__head">
        <button type="button" class="icon-button" aria-label={text.back} title={text.back} onClick={() => history.back()}>
          ←
        </button>
        <h2>{title}</h2>
        <button type="button" class="icon-button" aria-label={text.close} title={`${text.close} (Esc)`} onClick={closeDrawer}>
          ✕
        </button>
      </header>
      <div class="drawer__body">{children}</div>
    </aside>
  );
}
