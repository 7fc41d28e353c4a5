import type { Session } from '../connection/session.ts';
import { words } from '../language/language.ts';
import { mayOpen, type PageName, pages } from '../pages.ts';
import { Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';

/** In place of a page that has nothing to work on yet: what has to be there first, and the way to it. */
export function NoSeason({ session, page }: { session: Session; page: PageName }) {
  const text = words.value;
  return (
    <OfficePage session={session} title={text.pages[page]}>
      <Quiet>{text.noUnitsYet}</Quiet>
      {mayOpen(session, 'setup') && (
        <a class="button button--main" href={pages.setup.path}>
          {text.pages.setup}
        </a>
      )}
    </OfficePage>
  );
}
