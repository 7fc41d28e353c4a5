import type { ComponentChildren } from 'preact';
import type { Session } from '../connection/session.ts';
import { words } from '../language/language.ts';
import '../style/office.css';
import { PageLinks } from './page-links.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame of every page that is not the map: brand, ways to the other pages, the person; below it the page's own title and content. */
export function OfficePage({ session, title, tools, children }: OfficePageParts) {
  const text = words.value;
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
        <nav class="office__pages" aria-label={text.pages.all}>
          <PageLinks actor={session} class="office__page" />
        </nav>
        <UserMenu session={session} />
      </header>
      <main class="office__main">
        <div class="office__title">
          <h1>{title}</h1>
          {tools}
        </div>
        {children}
      </main>
    </div>
  );
}

interface OfficePageParts {
  session: Session;
  title: string;
  /** Buttons beside the title. */
  tools?: ComponentChildren;
  children?: ComponentChildren;
}
