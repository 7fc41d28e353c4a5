import type { WhatIf } from '../../../shared/advice.ts';
import type { Forecast } from '../../../shared/forecast.ts';
import type { MovesAdvice } from '../../../shared/moves.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { RouteOutput } from '../../../shared/rest.ts';
import { addDays, type Day, type Operation, operations } from '../../../shared/season.ts';
import { movesProblemOf, type UnitState } from '../../domain/advice/moves-problem.ts';
import { type ScenarioUnit, supposed } from '../../domain/advice/scenario.ts';
import type { Otherwise } from '../../domain/forecast/forecast.ts';
import type { Draft } from './advice-book.ts';
import { type AdvisorParts, MovesAdvisor, machinesMoved } from './moves-advisor.ts';
import type { Forecasts } from './ports.ts';
import { countyOf, rosterOf } from './roster.ts';
import { deadlineOf } from './unit-states.ts';

/** Others would wait too long. */
const MOST_AT_ONCE = 2;

type Side = RouteOutput<'whatIf'>['units'][number]['harvest']['now'];
type Key = `${string}|${Operation}`;
const keyOf = (division: string, operation: Operation): Key => `${division}|${operation}`;

interface Played {
  moves: MovesAdvice | null;
  forecasts: Forecasts;
}

/** What would come of it: worked out on a copy of today's state, and forgotten. */
export class WhatIfs {
  private running = 0;

  constructor(private readonly parts: AdvisorParts) {}

  async compare(scenario: WhatIf): Promise<RouteOutput<'whatIf'>> {
    const { registry, forecasts, now } = this.parts;
    const season = this.needSeason();
    const { moves, forecasts: after } = await this.oneOfFew(() => this.play(scenario));
    const units = this.units().flatMap(division => {
      const of = (operation: Operation) => ({
        deadline: deadlineOf(season, division, operation),
        now: sideOf(forecasts, division.code, operation),
        scenario: sideOf(after, division.code, operation),
      });
      const isKnown = operations.some(operation => forecasts.of(division.code, operation) !== null);
      return isKnown
        ? [{ division: division.code, name: registry.divisions.get(division.code)!.name, harvest: of('harvest'), sow: of('sow') }]
        : [];
    });
    return { asOf: now(), units, moves };
  }

  /** The moves of the scenario as advice, for the machines that are really there. */
  async adopt(scenario: WhatIf): Promise<Draft> {
    this.needSeason();
    const { moves } = await this.oneOfFew(() => this.play({ ...scenario, withMoves: true }));
    const advisor = new MovesAdvisor(this.parts);
    const today = await advisor.today(scenario.operation);
    if ('nothing' in today) throw new Refusal('conflict', `${today.nothing}: there is nothing to be moved now`);
    const draft = await advisor.draft(scenario.operation, today, moves!);
    if (draft.steps.length === 0) throw new Refusal('conflict', 'noSpare: no machine that is really there moves today in this scenario');
    return { ...draft, reasons: [{ code: 'scenario', values: {} }, ...draft.reasons] };
  }

  private async play(scenario: WhatIf): Promise<Played> {
    const { forecasts, works, registry } = this.parts;
    await forecasts.ready();
    const city = registry.root()!.code;
    const otherwise = new Map<Key, Otherwise>();
    for (const operation of operations)
      for (const [division, suppose] of supposed(scenario, operation, { city, units: this.scenarioUnits(operation) }))
        otherwise.set(keyOf(division, operation), suppose);
    const work = async (changed: ReadonlyMap<Key, Otherwise>): Promise<Forecasts> => {
      const asked = [...changed].flatMap(([key, suppose]) => {
        const [division, operation] = key.split('|') as [string, Operation];
        const known = forecasts.of(division, operation);
        return known && Object.keys(suppose).length > 0 ? [{ key, series: known.series, otherwise: suppose }] : [];
      });
      const answers = await works.forecasts(asked.map(({ series, otherwise: suppose }) => ({ series, otherwise: suppose })));
      const by = new Map(asked.map(({ key, series }, at) => [key, { series, forecast: answers[at] }]));
      return {
        of: (division, operation) => by.get(keyOf(division, operation)) ?? forecasts.of(division, operation),
        ready: forecasts.ready,
      };
    };
    const first = await work(otherwise);
    if (!scenario.withMoves) return { moves: null, forecasts: first };
    const { units, moves } = await this.movesIn(scenario, { forecasts: first, otherwise });
    return { moves, forecasts: await work(withMoves(otherwise, { units, moves, operation: scenario.operation, forecasts: first })) };
  }

  private async movesIn(
    scenario: WhatIf,
    { forecasts, otherwise }: { forecasts: Forecasts; otherwise: ReadonlyMap<Key, Otherwise> },
  ): Promise<{ units: UnitState[]; moves: MovesAdvice }> {
    const { operation } = scenario;
    const of = (division: string) => otherwise.get(keyOf(division, operation)) ?? {};
    const rainOf = (division: string, day: Day) =>
      of(division).rain?.find(({ date }) => date === day)?.rainMm ?? this.parts.rainOf(division, day);
    const today = await new MovesAdvisor({ ...this.parts, forecasts, rainOf }).today(operation);
    if ('nothing' in today) throw new Refusal('conflict', `${today.nothing}: no moves can be worked out`);
    const { firstDay } = today.horizon;
    const units = today.units.map(unit => changed(unit, of(unit.division), firstDay));
    const kind = operation === 'harvest' ? 'combine' : 'seeder';
    return { units: today.units, moves: await this.parts.works.moves(movesProblemOf(units, { firstDay, kind })) };
  }

  private units = () => this.parts.registry.children(this.parts.registry.root()?.code ?? '');

  private scenarioUnits(operation: Operation): ScenarioUnit[] {
    const { registry, board, now } = this.parts;
    const { present } = rosterOf(this.parts, operation, now());
    return this.units().map(({ code: division }) => {
      const unit = board.unitNow(division);
      return {
        division,
        remainingMu: Math.max(0, (operation === 'harvest' ? unit.plantedMu : unit.plannedMu) - unit[operation].headlineMu),
        machines: present.filter(one => one.unit === division).length,
        stations: registry.stations.filter(station => countyOf(registry, station.division) === division).length,
      };
    });
  }

  private needSeason() {
    const { season } = this.parts.registry;
    if (!season) throw new Refusal('conflict', 'noSeason: there is no season yet');
    return season;
  }

  private async oneOfFew<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.running >= MOST_AT_ONCE)
      throw new Refusal('limited', 'others are trying something out just now: try again in a moment', { retryAfterMs: 3000 });
    this.running++;
    try {
      return await work();
    } finally {
      this.running--;
    }
  }
}

/** Nobody sows what is not cut: sowing ends a day after the harvest at the earliest. */
function sideOf(forecasts: Forecasts, division: string, operation: Operation): Side {
  const own = forecasts.of(division, operation)?.forecast;
  const none = { p10: null, p50: null, p90: null };
  if (operation === 'harvest' || !own) return { finish: own?.finish ?? none, chanceInTime: own?.chanceInTime ?? null };
  const harvest = forecasts.of(division, 'harvest')?.forecast.finish ?? none;
  const behind = (of: keyof Forecast['finish']): Day | null => {
    const [cut, sown] = [harvest[of], own.finish[of]];
    return cut !== null && sown !== null && sown <= cut ? addDays(cut, 1) : sown;
  };
  return { finish: { p10: behind('p10'), p50: behind('p50'), p90: behind('p90') }, chanceInTime: own.chanceInTime };
}

/** Machines more or fewer: the wheeled ones first, as they are most. */
function changed(unit: UnitState, { machines = [], rateFactor = 1 }: Otherwise, firstDay: Day): UnitState {
  const more = unit.machines.wheeled.map((_, at) =>
    machines.reduce((sum, { from, change }) => (from <= addDays(firstDay, at) ? sum + change : sum), 0),
  );
  const wheeled = unit.machines.wheeled.map((count, at) => Math.max(0, count + more[at]));
  const tracked = unit.machines.tracked.map((count, at) => Math.max(0, count + Math.min(0, unit.machines.wheeled[at] + more[at])));
  return { ...unit, machines: { wheeled, tracked }, muPerMachineDay: unit.muPerMachineDay * rateFactor };
}

function withMoves(
  otherwise: ReadonlyMap<Key, Otherwise>,
  { units, moves, operation, forecasts }: { units: readonly UnitState[]; moves: MovesAdvice; operation: Operation; forecasts: Forecasts },
): Map<Key, Otherwise> {
  const moved = new Map(otherwise);
  for (const unit of units) {
    const key = keyOf(unit.division, operation);
    const before = moved.get(key) ?? {};
    const own = machinesMoved(unit, forecasts.of(unit.division, operation)?.forecast ?? null, moves.moves);
    if (own.length > 0) moved.set(key, { ...before, machines: [...(before.machines ?? []), ...own] });
  }
  return moved;
}
