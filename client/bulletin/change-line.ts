import type { BulletinChange } from '../../shared/bulletin.ts';
import { plainLine } from '../../shared/plain-text.ts';
import { mu, NONE, percent } from '../state/format.ts';
import type { BulletinPhrases } from './phrases.ts';

const isRate = (figure: BulletinChange['figure']): boolean => figure === 'progress' || figure === 'machineRate';

/** What changed, in one line: unit, figure, before → after. */
export function changeLine({ name, operation, figure, before, after }: BulletinChange, text: BulletinPhrases): string {
  if (figure === 'unit') return `${name}${text.colon}${after === null ? text.unitWent : text.unitCame}`;
  const what =
    figure === 'remark' || figure === 'general' ? text.remark : `${operation ? text.figureOf[operation] : ''} ${text.figures[figure]}`;
  const said = (value: number | string | null): string => {
    if (typeof value === 'string') return value === '' ? text.nothing : plainLine(value);
    if (value === null) return NONE;
    return isRate(figure) ? percent(value) : mu(value);
  };
  const unit = typeof after === 'number' && !isRate(figure) ? ` ${text.muUnit}` : '';
  return `${name} ${what.trim()}${text.colon}${said(before)} → ${said(after)}${unit}`;
}
