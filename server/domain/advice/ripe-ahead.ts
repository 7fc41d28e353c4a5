import { addDays, type Day } from '../../../shared/season.ts';

/** Where no field says when it is ripe, the wheat of a unit ripens evenly over so many days from the first. */
const RIPENING_DAYS = 12;

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/**
 * Of what remains to be cut: how much is ripe by the end of each day.
 * @param standing area of the fields that stand, by ripe date; fields and figures never agree quite, so shares are taken
 */
export function ripeAhead({
  remainingMu,
  totalMu,
  standing,
  firstRipe,
  from,
  days,
}: {
  remainingMu: number;
  totalMu: number;
  standing: ReadonlyMap<Day, number>;
  firstRipe: Day;
  from: Day;
  days: number;
}): number[] {
  const standingMu = [...standing.values()].reduce((sum, mu) => sum + mu, 0);
  return Array.from({ length: days }, (_, at) => {
    const day = addDays(from, at);
    if (standingMu > 0) {
      const ripe = [...standing].reduce((sum, [ripeOn, mu]) => (ripeOn <= day ? sum + mu : sum), 0);
      return remainingMu * (ripe / standingMu);
    }
    const share = Math.min(1, Math.max(0, (daysBetween(firstRipe, day) + 1) / RIPENING_DAYS));
    return Math.min(remainingMu, Math.max(0, share * totalMu - (totalMu - remainingMu)));
  });
}

/**
 * Of what remains to be sown: how much can be by the end of each day, as it is cut. Corn beyond the wheat's ground waits for nothing.
 * @param cutMu by the end of each day, as expected
 */
export function cutAhead({
  plannedMu,
  sownMu,
  plantedMu,
  cutMu,
}: {
  plannedMu: number;
  sownMu: number;
  plantedMu: number;
  cutMu: readonly number[];
}): number[] {
  const free = Math.max(0, plannedMu - plantedMu);
  const behindWheat = plannedMu - free;
  return cutMu.map(cut => {
    const open = plantedMu > 0 ? free + behindWheat * Math.min(1, cut / plantedMu) : plannedMu;
    return Math.min(plannedMu - sownMu, Math.max(0, open - sownMu));
  });
}
