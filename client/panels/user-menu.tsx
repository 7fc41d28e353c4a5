import type { Session } from '../connection/session.ts';
import { signOut } from '../connection/session.ts';
import { words } from '../language/language.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { PageLinks } from './page-links.tsx';
import { SkinSwitch } from './skin-switch.tsx';

/** Who is signed in, and what belongs to this person rather than to the season; the pages too where they stand nowhere else. */
export function UserMenu({ session, onKeys, hasPages = false }: { session: Session; onKeys: () => void; hasPages?: boolean }) {
  const text = words.value;
  return (
    <details
      class="menu"
      onFocusOut={event => {
        const menu = event.currentTarget;
        if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
      }}
    >
      <summary class="menu__button" aria-label={text.menu.account}>
        {session.demo ? text.demoPerson(text.roles[session.role]) : session.name} ▾
      </summary>
      <div class="menu__sheet">
        <p class="menu__who">
          {session.demo ? text.demoPerson(text.roles[session.role]) : `${session.name} · ${text.roles[session.role]}`}
        </p>
        <LanguageSwitch />
        <SkinSwitch />
        {hasPages && (
          <nav class="menu__pages" aria-label={text.pages.all}>
            <PageLinks actor={session} class="menu__item" />
          </nav>
        )}
        <button type="button" class="menu__item" onClick={onKeys}>
          {text.menu.keys} <kbd>?</kbd>
        </button>
        <button type="button" class="menu__item" onClick={() => void signOut()}>
          {text.menu.signOut}
        </button>
      </div>
    </details>
  );
}
