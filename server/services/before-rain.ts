import type { RouteOutput } from '../../shared/rest.ts';
import { addDays, type Day, dayOf } from '../../shared/season.ts';
import { dustedMu } from '../../shared/units.ts';
import { waitAfterRain } from '../domain/wet-ground.ts';
import type { Fold } from './fold.ts';
import type { Forecasts } from './forecasts.ts';
import { muOfDm2 } from './hourly-area.ts';
import { Pace } from './pace.ts';
import type { ProgressBoard } from './progress.ts';
import type { RainBook } from './rain-book.ts';
import type { KnownField, Registry } from './registry.ts';

type Answer = RouteOutput<'beforeRain'>;

/** From so much on rain stops the work and harms what stands. */
export const STOPPING_RAIN_MM = 5;
const LOOK_AHEAD_DAYS = 5;
const MOST_FIELDS = 500;

export interface BeforeRainDeps {
  registry: Registry;
  board: ProgressBoard;
  fold: Fold;
  rain: RainBook;
  forecasts: Forecasts;
  now: () => number;
}

interface Spell {
  rainDay: Day;
  rainMm: number;
  wheeledWaitH: number;
  trackedWaitH: number;
}

/** What is ripe and stands where rain is expected, and how much of it can be cut before. */
export class BeforeRain {
  constructor(private readonly deps: BeforeRainDeps) {}

  async of(division: string): Promise<Answer> {
    const now = this.deps.now();
    const today = dayOf(now);
    const units = this.countiesOf(division).flatMap(code => {
      const spell = this.spellOf(code, today);
      return spell ? [{ code, spell }] : [];
    });
    const spells = new Map(units.map(({ code, spell }) => [code, spell]));
    const fields = await this.fieldsOf(division, spells);
    return {
      asOf: now,
      // Where nothing ripe stands nothing is urgent.
      units: (await Promise.all(units.map(unit => this.unitRow(unit, { fields, division })))).filter(({ ripeMu }) => ripeMu > 0),
      fields: fields.slice(0, MOST_FIELDS),
      total: fields.length,
    };
  }

  /** The first rain that stops work, all of it until the first dry day. */
  private spellOf(county: string, today: Day): Spell | null {
    const mmOn = (day: Day) => this.deps.rain.of(county, day)?.rainMm ?? 0;
    for (let ahead = 0; ahead < LOOK_AHEAD_DAYS; ahead++) {
      const rainDay = addDays(today, ahead);
      if (mmOn(rainDay) < STOPPING_RAIN_MM) continue;
      const fallen: number[] = [];
      for (let day = rainDay; mmOn(day) >= 1; day = addDays(day, 1)) fallen.push(mmOn(day));
      return { rainDay, rainMm: dustedMu(fallen.reduce((sum, mm) => sum + mm, 0)), ...waitAfterRain(fallen) };
    }
    return null;
  }

  /** Ripe when the rain comes, or of unknown ripeness; the earliest rain first, then the ripest, then the largest. */
  private async fieldsOf(division: string, spells: ReadonlyMap<string, Spell>): Promise<Answer['fields']> {
    const { registry, board, fold } = this.deps;
    const fields: Answer['fields'] = [];
    const pace = new Pace();
    for (const [id, field] of spells.size > 0 ? registry.fields : []) {
      await pace.breathe();
      const spell = spells.get(field.county);
      if (!spell || !isOpen(board.stageOfField(id)) || !registry.chain(field.town).includes(division)) continue;
      if (field.ripeDate !== null && field.ripeDate > spell.rainDay) continue;
      const areaMu = muOfDm2(field.areaDm2);
      const openMu = dustedMu(Math.max(0, areaMu - muOfDm2(fold.coverageOf(id, 'harvest')?.coveredDm2 ?? 0)));
      fields.push({ field: id, ...placeOf(field), areaMu, openMu, rainDay: spell.rainDay, lngLat: registry.centre(field) });
    }
    const ripeness = (row: Answer['fields'][number]) => row.ripeDate ?? '';
    return fields.sort(
      (one, other) => one.rainDay.localeCompare(other.rainDay) || ripeness(one).localeCompare(ripeness(other)) || other.openMu - one.openMu,
    );
  }

  private async unitRow(
    { code, spell }: { code: string; spell: Spell },
    { fields, division }: { fields: Answer['fields']; division: string },
  ): Promise<Answer['units'][number]> {
    const { registry } = this.deps;
    // Asked about a town: the town's own, by the county's rain.
    const shown = registry.chain(division).includes(code) ? division : code;
    const ripeMu = fields.reduce((sum, row) => (registry.chain(row.town).includes(code) ? sum + row.openMu : sum), 0);
    return {
      division: shown,
      name: registry.divisions.get(shown)?.name ?? shown,
      ...spell,
      ripeMu: dustedMu(ripeMu),
      canCutMu: await this.canCutMu(shown, spell.rainDay),
    };
  }

  /** By the forecast, at an even chance: done at the end of the day before the rain, less what is done now. */
  private async canCutMu(code: string, rainDay: Day): Promise<number | null> {
    const { forecast } = await this.deps.forecasts.of(code, 'harvest');
    if (forecast.terms === null) return forecast.state === 'noMachines' ? 0 : null;
    return dustedMu(forecast.terms.ahead.filter(({ date }) => date < rainDay).reduce((sum, { mu }) => sum + mu, 0));
  }

  /** The unit's counties; of a town, its county. */
  private countiesOf(division: string): string[] {
    const { registry } = this.deps;
    const level = registry.divisions.get(division)?.level;
    if (level === 'city') return registry.children(division).map(({ code }) => code);
    return registry.chain(division).filter(code => registry.divisions.get(code)?.level === 'county');
  }
}

const isOpen = (stage: string): boolean => stage === 'standing' || stage === 'harvesting';
const placeOf = ({ village, town, ripeDate }: KnownField) => ({ village, town, ripeDate });
