/** How many of the links, in their order, stand side by side in the room; where not all do, the button for the rest needs its own. */
export function fitting(widths: readonly number[], roomPx: number, { gapPx, morePx }: { gapPx: number; morePx: number }): number {
  const taken = (links: number): number => widths.slice(0, links).reduce((sum, width) => sum + width, 0) + Math.max(0, links - 1) * gapPx;
  if (taken(widths.length) <= roomPx) return widths.length;
  let links = widths.length - 1;
  while (links > 0 && taken(links) + gapPx + morePx > roomPx) links -= 1;
  return links;
}
