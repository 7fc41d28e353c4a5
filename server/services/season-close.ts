import type { SealedSeason } from '../../shared/routes/setup.ts';
import type { Season } from '../../shared/season.ts';
import { digestOf } from './digest.ts';
import type { SeasonBook } from './season-book.ts';
import { spanOf } from './season-book.ts';

/**
 * Seals the open season. The fold stops at the newest batch that it has taken; all of that is worked out and made the base, and the figures
 * are written beside the closed season in one transaction. Rejects with the fold confined: the caller has to bring the book up again.
 */
export async function sealSeason(
  book: SeasonBook,
  { season, author, now }: { season: Season; author: string; now: number },
): Promise<Season> {
  const { fold, registry, board } = book;
  const closed: Season = { ...season, closedAt: now, closedUpTo: fold.foldedUpTo };
  fold.confine(spanOf(closed));
  await book.refolder.run();
  await fold.evaluateAll();
  await fold.checkpoint();
  const codes = [...registry.divisions.keys()];
  const sealed: SealedSeason = {
    year: closed.year,
    closedAt: now,
    closedUpTo: fold.foldedUpTo,
    author,
    digest: { ...(await digestOf(book.log, fold)) },
    units: codes.map(code => board.unitNow(code)),
    days: codes.flatMap(division => board.daysOf(division).map(day => ({ division, ...day }))),
  };
  await book.registryStore.change({ seasons: { added: [], replaced: [closed] }, sealed: { added: [sealed], replaced: [] } });
  return closed;
}
