import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Session } from '../connection/session.ts';
import { words } from '../language/language.ts';
import '../style/office.css';
import { PageNav } from './page-nav.tsx';
import { PageTools, type PageToolsParts } from './page-tools.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame of every page that is not the map: brand, ways to the other pages, the person; below it the page's own title and content. */
export function OfficePage({ session, title, tools, keys, isWide = false, children }: OfficePageParts) {
  const text = words.value;
  const keysAsked = useSignal(0);
  return (
    <div class="office">
      <header class="office__head">
        <a class="office__brand" href="/">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <strong>{text.productName}</strong>
          {session.demo && (
            <span class="badge" title={text.demoExplained}>
              {text.demo}
            </span>
          )}
        </a>
        <PageNav actor={session} />
        <UserMenu
          session={session}
          onKeys={() => {
            keysAsked.value += 1;
          }}
        />
      </header>
      <main class={`office__main ${isWide ? 'office__main--wide' : ''}`}>
        <div class="office__title">
          <h1>{title}</h1>
          {tools}
        </div>
        {children}
      </main>
      <PageTools session={session} keysAsked={keysAsked.value} {...keys} />
    </div>
  );
}

interface OfficePageParts {
  session: Session;
  title: string;
  /** Buttons beside the title. */
  tools?: ComponentChildren;
  /** What the page does on keys of its own. */
  keys?: Omit<PageToolsParts, 'session' | 'keysAsked'>;
  /** Takes the whole screen: a page to work on all day. */
  isWide?: boolean;
  children?: ComponentChildren;
}
