import { DateTime } from 'luxon';
import { ZONE } from '../../shared/season.ts';

const PATTERN = "yyyy-MM-dd'T'HH:mm";
const MINUTE = 60_000;

/** As `datetime-local` fields write it, in the time of Zhengzhou wherever the browser is. */
export const fieldText = (at: number | null): string => (at === null ? '' : DateTime.fromMillis(at, { zone: ZONE }).toFormat(PATTERN));

/**
 * The instant of a typed minute; null: none. A minute that holds `notBefore` means that instant, so that a start in the minute of the
 * call does not lie before it.
 */
export function instantOf(text: string, notBefore: number | null): number | null {
  const at = DateTime.fromFormat(text, PATTERN, { zone: ZONE });
  if (!at.isValid) return null;
  const instant = at.toMillis();
  return notBefore !== null && instant < notBefore && notBefore - instant < MINUTE ? notBefore : instant;
}
