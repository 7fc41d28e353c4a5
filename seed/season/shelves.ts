import type { StockRow } from '../../shared/stock.ts';
import { DIESEL } from '../../shared/stock.ts';
import { randomOf } from './random.ts';

type Part = Pick<StockRow, 'part' | 'name' | 'unit' | 'minimum' | 'priceYuan'>;

/** What a station keeps for the harvest: wearing parts of combines and seeders, oil, diesel. Numbers and prices are invented. */
export const usualParts: readonly Part[] = [
  { part: 'DP-01', name: '动刀片', unit: '片', minimum: 40, priceYuan: 6 },
  { part: 'HR-01', name: '护刃器', unit: '个', minimum: 20, priceYuan: 15 },
  { part: 'PD-17', name: '三角带 B-1750', unit: '根', minimum: 6, priceYuan: 45 },
  { part: 'ZC-06', name: '轴承 6206', unit: '个', minimum: 10, priceYuan: 28 },
  { part: 'LX-01', name: '柴油滤芯', unit: '个', minimum: 8, priceYuan: 35 },
  { part: 'LX-02', name: '空气滤芯', unit: '个', minimum: 8, priceYuan: 80 },
  { part: 'LX-03', name: '机油滤芯', unit: '个', minimum: 6, priceYuan: 32 },
  { part: 'YG-12', name: '高压油管', unit: '根', minimum: 4, priceYuan: 120 },
  { part: 'YY-46', name: '液压油 46#', unit: '升', minimum: 60, priceYuan: 16 },
  { part: 'JY-15', name: '机油 15W-40', unit: '升', minimum: 60, priceYuan: 22 },
  { part: 'NT-11', name: '内胎', unit: '条', minimum: 3, priceYuan: 160 },
  { part: 'JD-24', name: '继电器 24V', unit: '个', minimum: 5, priceYuan: 18 },
  { part: DIESEL, name: '柴油', unit: '升', minimum: 600, priceYuan: 7.2 },
];

/** Of this share of the shelves there is less than there should be. */
const SHORT = 0.12;
/** Of all else there is up to so many times the minimum. */
const MOST_TIMES = 4;

/** What lies at a station when the season begins. */
export function shelvesOf(station: string, seed: number): StockRow[] {
  return usualParts.map(part => {
    const random = randomOf(seed, 'shelf', station, part.part);
    const times = random.next() < SHORT ? 0.7 * random.next() : 1.2 + (MOST_TIMES - 1.2) * random.next();
    return { ...part, station, quantity: Math.floor(part.minimum * times), version: 1 };
  });
}
