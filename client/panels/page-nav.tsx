import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Actor } from '../../shared/permissions.ts';
import { words } from '../language/language.ts';
import { openPages } from '../pages.ts';
import { fitting } from './fitting.ts';
import { PageLinks } from './page-links.tsx';

const GAP_PX = 4;

/** All pages in one line however narrow it is: what does not fit goes into a menu at its end, which names the page that is open. */
export function PageNav({ actor }: { actor: Actor }) {
  const text = words.value.pages;
  const nav = useRef<HTMLElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const all = openPages(actor);
  const shown = useSignal(0);
  const current = all.findIndex(({ path }) => path === location.pathname);
  const rest = current >= shown.value ? text[all[current].page] : text.more;
  useEffect(() => {
    const measure = () => {
      // An observer may speak once more after the page has gone.
      if (!ruler.current || !nav.current) return;
      const [more, ...links] = [...ruler.current.children].map(child => Math.ceil(child.getBoundingClientRect().width));
      shown.value = fitting(links, nav.current.clientWidth, { gapPx: GAP_PX, morePx: more });
    };
    // The ruler grows with the words: another language, a font that came late.
    const size = new ResizeObserver(measure);
    size.observe(nav.current!);
    size.observe(ruler.current!);
    measure();
    return () => size.disconnect();
  }, [text, actor]);
  return (
    <nav class="office__pages" aria-label={text.all} ref={nav}>
      <div class="office__ruler" aria-hidden="true" inert>
        <div ref={ruler}>
          <span class="office__page">{longest(all.map(({ page }) => text[page]))} ▾</span>
          <PageLinks actor={actor} class="office__page" />
        </div>
      </div>
      <PageLinks actor={actor} class="office__page" to={shown.value} />
      {shown.value < all.length && (
        <details
          class="menu"
          onFocusOut={event => {
            const menu = event.currentTarget;
            if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
          }}
        >
          <summary class="office__page" aria-current={current >= shown.value ? 'page' : undefined}>
            {rest} ▾
          </summary>
          <div class="menu__sheet menu__sheet--left">
            <PageLinks actor={actor} class="menu__item" from={shown.value} />
          </div>
        </details>
      )}
    </nav>
  );
}

/** What the button may have to say. */
const longest = (names: readonly string[]): string => names.reduce((best, name) => (name.length > best.length ? name : best), '');
