import type { Actor } from '../../shared/permissions.ts';
import { words } from '../language/language.ts';
import { openPages } from '../pages.ts';

/** The ways from page to page that this person may go. */
export function PageLinks({ actor, class: name, from = 0, to }: { actor: Actor; class: string; from?: number; to?: number }) {
  const text = words.value.pages;
  return (
    <>
      {openPages(actor)
        .slice(from, to)
        .map(({ page, path }) => (
          <a key={path} class={name} href={path} aria-current={location.pathname === path ? 'page' : undefined}>
            {text[page]}
          </a>
        ))}
    </>
  );
}
