import type { Machine } from '../../shared/registry.ts';
import { apportion } from './apportion.ts';
import { booksOpen } from './demo-dates.ts';
import { type Random, randomOf } from './random.ts';

/** A full-size city: combines and seeders of the founding text (May 2021). */
const COMBINES = 5000;
const SEEDERS = 20_000;
/** Below full size one seeder stands for ten and is driven ten times as fast as life. */
export const SEEDERS_IN_ONE = 10;
/** Registered without a terminal, for each one that carries it. */
const WITHOUT_TERMINAL = { combine: 0.16, seeder: 0.6 };

const WIDTHS = {
  combine: [2.2, 2.36, 2.36, 2.5, 2.5, 2.56, 2.75, 2.75, 2.75, 4.5],
  seeder: [2.4, 2.4, 2.4, 3, 3, 3.6],
};
const CROSS_REGION_SHARE = { combine: 0.25, seeder: 0.04 };
const TRACKED_SHARE = { combine: 0.2, seeder: 0 };
const OTHER_PROVINCES = ['皖K', '皖F', '冀D', '冀E', '鲁R', '鲁F', '苏C', '苏F', '鄂F', '陕E'];

type Kind = 'combine' | 'seeder';

/** Where machines are at home: towns with what they plant; `weights` in the same order. */
export interface Homes {
  codes: readonly string[];
  weights: readonly number[];
}

export interface MachineOptions {
  year: number;
  scale: number;
  seed: number;
}

/** Combines C0001…, seeders S0001…; the first of each kind carry terminals. `division` is a town. */
export function demoMachines(homes: Homes, options: MachineOptions): Machine[] {
  const { scale } = options;
  const combines = Math.round(COMBINES * scale);
  const seeders = Math.round((SEEDERS * scale) / (scale < 1 ? SEEDERS_IN_ONE : 1));
  const plates = new Set<string>();
  const machines = (kind: Kind, count: number): Machine[] => {
    const random = randomOf(options.seed, 'machines', kind);
    const without = Math.round(count * WITHOUT_TERMINAL[kind]);
    const all = [...spread(homes, count, random), ...spread(homes, without, random)];
    return all.map((division, i) => drawMachine({ kind, number: i + 1, division, hasTerminal: i < count }, plates, random, options));
  };
  return [...machines('combine', combines), ...machines('seeder', seeders)].map((machine, i) => ({
    ...machine,
    operatorName: `机手 ${String(i + 1).padStart(3, '0')}`,
    operatorPhone: `000 ${String(Math.floor((i + 1) / 10_000)).padStart(4, '0')} ${String((i + 1) % 10_000).padStart(4, '0')}`,
  }));
}

/** One town per machine, in shuffled order, so that any first part of the fleet is spread too. */
function spread({ codes, weights }: Homes, count: number, random: Random): string[] {
  const places = apportion(count, weights).flatMap((share, i) => Array.from({ length: share }, () => codes[i]!));
  return places
    .map(code => ({ code, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ code }) => code);
}

interface Draft {
  kind: Kind;
  number: number;
  division: string;
  hasTerminal: boolean;
}

function drawMachine(
  { kind, number, division, hasTerminal }: Draft,
  plates: Set<string>,
  random: Random,
  { year }: MachineOptions,
): Machine {
  const crossRegion = random.next() < CROSS_REGION_SHARE[kind];
  return {
    id: `${kind === 'combine' ? 'C' : 'S'}${String(number).padStart(4, '0')}`,
    kind,
    plate: drawPlate(crossRegion ? random.pick(OTHER_PROVINCES) : '豫A', plates, random),
    drive: random.next() < TRACKED_SHARE[kind] ? 'tracked' : 'wheeled',
    origin: crossRegion ? 'crossRegion' : 'home',
    division,
    operatorName: '',
    operatorPhone: '',
    hasTerminal,
    implements: [{ from: booksOpen(year), operation: kind === 'combine' ? 'harvest' : 'sow', workingWidthM: random.pick(WIDTHS[kind]) }],
  };
}

function drawPlate(prefix: string, taken: Set<string>, random: Random): string {
  for (;;) {
    const plate = `${prefix}·${String(random.whole(100_000)).padStart(5, '0')}`;
    if (taken.has(plate)) continue;
    taken.add(plate);
    return plate;
  }
}
