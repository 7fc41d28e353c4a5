import type { ComponentChildren } from 'preact';
import { words } from '../language/language.ts';
import { LanguageSwitch } from '../panels/language-switch.tsx';
import { SkinSwitch } from '../panels/skin-switch.tsx';

/** The frame of every page before the map. */
export function Gate({ children }: { children: ComponentChildren }) {
  const text = words.value;
  return (
    <main class="gate">
      <header class="gate__head">
        <img src="/favicon.svg" alt="" width="44" height="44" />
        <div>
          <h1>{text.productName}</h1>
          <p>{text.productLong}</p>
        </div>
        <div class="gate__switches">
          <LanguageSwitch />
          <SkinSwitch />
        </div>
      </header>
      <div class="gate__card">{children}</div>
    </main>
  );
}
