/** From so much rain on the ground stays wet into the next day. */
const WET_MM = 5;
/** Of what is lost to wet ground tracked machines lose this much, and wheeled ones that much: half a day of waiting apart. */
const TRACKED_LOSES = 0.75;
const WHEELED_LOSES = 1.15;

/**
 * What wheeled and tracked machines can work of each day. They differ only where rain is expected or fell the day before: of a share that
 * rests on climate alone nobody knows on which days it rains.
 * @param days the mean share 0..1 of the day; rain on it and on the day before; the part of the day that is left
 */
export function wetShares(
  days: readonly { share: number; rainMm: number; beforeMm: number; part: number }[],
): { wheeled: number; tracked: number }[] {
  return days.map(({ share, rainMm, beforeMm, part }) => {
    if (rainMm < WET_MM && beforeMm < WET_MM) return { wheeled: share * part, tracked: share * part };
    const lost = 1 - share;
    return { wheeled: part * Math.max(0, 1 - WHEELED_LOSES * lost), tracked: part * (1 - TRACKED_LOSES * lost) };
  });
}
