const step: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrows move between the buttons and links of a list; Enter is theirs already. */
export function moveFocus(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  if (!(event.code in step) || event.isComposing) return;
  const items = [...list.querySelectorAll<HTMLElement>('button, a[href]')];
  const next = items[items.indexOf(document.activeElement as HTMLElement) + step[event.code]];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
