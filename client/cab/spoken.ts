import type { OrderConflict } from '../../shared/work-order.ts';
import type { CabOrder } from './inbox.ts';
import type { Way } from './place.ts';

/** Ten and more are whole; below, a tenth says something. */
const rounded = (value: number): number => (value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
export const figure = (value: number): string => String(rounded(value));

/** 1.83 h → 1 h 50: to five minutes, as it is an estimate. */
const clockOf = (hours: number): [hours: number, minutes: number] => {
  const minutes = Math.max(5, 5 * Math.round((hours * 60) / 5));
  return [Math.floor(minutes / 60), minutes % 60];
};

/** As one says it: 两亩, and not 二亩. */
const said = (value: number, unit: string): string => `${value === 2 ? '两' : value}${unit}`;
const chineseHours = (hours: number, wordOf: (whole: number) => string): string => {
  const [whole, minutes] = clockOf(hours);
  return `约${whole > 0 ? wordOf(whole) : ''}${minutes > 0 ? `${minutes}分${whole > 0 ? '' : '钟'}` : ''}`;
};

export const hoursIn = {
  zh: (hours: number): string => chineseHours(hours, whole => `${whole}小时`),
  en: (hours: number): string => {
    const [whole, minutes] = clockOf(hours);
    return `about ${[whole > 0 && `${whole} h`, minutes > 0 && `${minutes} min`].filter(Boolean).join(' ')}`;
  },
};

export interface Spoken {
  order: Pick<CabOrder, 'kind' | 'areaMu' | 'pricePerMu'>;
  place: string;
  /** Null: not known, and not said. */
  way: Way | null;
}

/** What is read aloud of a new order. */
export const offerIn = {
  zh({ order, place, way }: Spoken): string {
    const km = way ? [said(rounded(way.km), '公里')] : [];
    if (order.kind === 'move') {
      const road = way ? [...km, chineseHours(way.hours, whole => said(whole, '小时'))] : [];
      return `请转场到${[place, ...road].join('，')}。`;
    }
    const price = order.pricePerMu === null ? '价格面议' : `亩价${rounded(order.pricePerMu)}元`;
    return `${[place, said(rounded(order.areaMu), '亩'), ...km, price].join('，')}。`;
  },
  en({ order, place, way }: Spoken): string {
    const km = way ? [`${rounded(way.km)} kilometres`] : [];
    if (order.kind === 'move') return `Please move to ${[place, ...km, ...(way ? [hoursIn.en(way.hours)] : [])].join(', ')}.`;
    const price = order.pricePerMu === null ? 'price to agree' : `${rounded(order.pricePerMu)} yuan a mu`;
    return `${[place, `${rounded(order.areaMu)} mu`, ...km, price].join(', ')}.`;
  },
};

const conflicts: readonly OrderConflict[] = ['withdrawn', 'taken', 'answered', 'ended', 'machineTaken', 'requestTaken', 'requestCancelled'];

/** Why the server did not take an answer: its sentence begins with the word for it. Null: for another reason. */
export const conflictOf = (problem: string): OrderConflict | null =>
  conflicts.find(one => new RegExp(`^(\\w+: )?${one}\\b`).test(problem)) ?? null;
