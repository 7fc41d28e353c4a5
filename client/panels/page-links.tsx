import type { Actor } from '../../shared/permissions.ts';
import { words } from '../language/language.ts';
import { mayOpen, maySeeMap, pageNames, pages } from '../pages.ts';

/** The ways from page to page that this person may go. */
export function PageLinks({ actor, class: name }: { actor: Actor; class: string }) {
  const text = words.value.pages;
  const link = (path: string, label: string) => (
    <a key={path} class={name} href={path} aria-current={location.pathname === path ? 'page' : undefined}>
      {label}
    </a>
  );
  return (
    <>
      {maySeeMap(actor) && actor.role !== 'clerk' && link('/', text.map)}
      {pageNames.filter(page => mayOpen(actor, page)).map(page => link(pages[page].path, text[page]))}
    </>
  );
}
