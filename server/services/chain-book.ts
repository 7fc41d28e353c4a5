import { type Chain, type ChainField, UNSOWN_AFTER_H } from '../../shared/chain.ts';
import { Refusal } from '../../shared/reply.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { addDays, dayOf } from '../../shared/season.ts';
import { dustedMu } from '../../shared/units.ts';
import { seedersNeeded } from '../domain/seeders-needed.ts';
import type { Fold } from './fold.ts';
import type { Forecasts } from './forecasts.ts';
import { muOfDm2 } from './hourly-area.ts';
import { Pace } from './pace.ts';
import type { ProgressBoard } from './progress.ts';
import type { KnownField, Registry } from './registry.ts';

const HOUR = 3_600_000;
const MOST_A_PAGE = 500;
/** One pass over all fields serves everybody who asks for so long. */
const KEPT_MS = 4000;

export interface ChainDeps {
  registry: Registry;
  board: ProgressBoard;
  fold: Fold;
  forecasts: Forecasts;
  now: () => number;
  wall: () => number;
}

interface Seen {
  wall: number;
  /** Cut and not sown, the longest first. */
  waiting: ChainField[];
  /** Fields that are through: their town and the hours between. */
  through: { town: string; hours: number }[];
}

/**
 * From harvest to sowing, field by field: cut when its harvest was finished, or when a person said that it was; sown when its sowing was
 * finished. What towns report of sowing names no field and is not in it.
 */
export class ChainBook {
  private seen: Promise<Seen> | null = null;
  private seenWall = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: ChainDeps) {}

  async of(division: string): Promise<Chain> {
    const { registry, now } = this.deps;
    this.check(division);
    const { waiting, through } = await this.look();
    const lies = (town: string) => registry.chain(town).includes(division);
    const own = waiting.filter(({ town }) => lies(town));
    const hours = through.filter(({ town }) => lies(town)).map(one => one.hours);
    return {
      division,
      asOf: now(),
      waiting: sumOf(own),
      late: sumOf(own.filter(isLate)),
      medianHours: medianOf(hours),
      seeders: await this.seeders(division, sumOf(own).mu),
    };
  }

  async fields(division: string, { late, from }: { late: boolean; from: number }): Promise<RouteOutput<'chainFields'>> {
    const { registry, now } = this.deps;
    this.check(division);
    const { waiting } = await this.look();
    const own = waiting.filter(field => registry.chain(field.town).includes(division) && (!late || isLate(field)));
    return { asOf: now(), total: own.length, fields: own.slice(from, from + MOST_A_PAGE) };
  }

  /** All that are cut and not sown, the longest first. */
  waitingFields = async (): Promise<readonly ChainField[]> => (await this.look()).waiting;

  private check(division: string): void {
    if (!this.deps.registry.divisions.has(division)) throw new Refusal('notFound', `division: there is no unit ${division}`);
  }

  private look(): Promise<Seen> {
    const wall = this.deps.wall();
    if (this.seen && wall - this.seenWall < KEPT_MS && wall >= this.seenWall) return this.seen;
    this.seenWall = wall;
    const seen = this.pass(wall);
    seen.catch(() => {
      this.seen = null;
    });
    this.seen = seen;
    return seen;
  }

  private async pass(wall: number): Promise<Seen> {
    const { registry, board } = this.deps;
    const now = this.deps.now();
    const [waiting, through]: [ChainField[], Seen['through']] = [[], []];
    const pace = new Pace();
    for (const [id, field] of registry.fields) {
      await pace.breathe();
      if (board.stageOfField(id) === 'standing') continue;
      const { cutAt, sowingAt, sownAt } = this.timesOf(id, field);
      if (cutAt === null) continue;
      if (sownAt !== null) through.push({ town: field.town, hours: Math.max(0, sownAt - cutAt) / HOUR });
      else waiting.push({ ...placeOf(id, field, registry), cutAt, sowingAt, sownAt, hours: Math.max(0, now - cutAt) / HOUR });
    }
    waiting.sort((one, other) => one.cutAt - other.cutAt || (one.field < other.field ? -1 : 1));
    return { wall, waiting, through };
  }

  private timesOf(id: string, field: KnownField) {
    const { fold, board } = this.deps;
    const [harvest, sow] = [fold.coverageOf(id, 'harvest'), fold.coverageOf(id, 'sow')];
    const stage = board.stageOfField(id);
    return {
      cutAt: harvest?.finishedAt ?? field.reportedHarvested?.at ?? null,
      sowingAt: stage === 'sowing' || stage === 'sown' ? (sow?.firstAt ?? null) : null,
      sownAt: sow?.finishedAt ?? null,
    };
  }

  private async seeders(division: string, openMu: number): Promise<Chain['seeders']> {
    const { forecasts, board, now } = this.deps;
    const [harvest, sow] = [await forecasts.of(division, 'harvest'), await forecasts.of(division, 'sow')];
    const { plantedMu, plannedMu } = board.areasOf(division);
    const share = plantedMu > 0 ? Math.min(1, plannedMu / plantedMu) : 1;
    const today = dayOf(now());
    const days = [today, addDays(today, 1), addDays(today, 2)];
    const cut = new Map(harvest.forecast.terms?.ahead.map(({ date, mu }) => [date, mu]));
    const present = sow.series.days.at(-1)?.machines ?? 0;
    const muPerDay = sow.forecast.terms?.muPerMachineDay.p50 ?? null;
    const needs = seedersNeeded({ openMu, cutMu: days.map(day => share * (cut.get(day) ?? 0)), present, muPerDay });
    return needs.map((need, at) => ({ day: days[at], ...need, openMu: dustedMu(need.openMu) }));
  }
}

const isLate = ({ hours }: ChainField): boolean => hours > UNSOWN_AFTER_H;
const placeOf = (id: string, field: KnownField, registry: Registry) => ({
  field: id,
  village: field.village,
  town: field.town,
  county: field.county,
  areaMu: muOfDm2(field.areaDm2),
  lngLat: registry.centre(field),
});
const sumOf = (fields: readonly ChainField[]) => ({
  fields: fields.length,
  mu: dustedMu(fields.reduce((sum, { areaMu }) => sum + areaMu, 0)),
});

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return sorted.length === 0 ? null : (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
