import { randomUUID } from 'node:crypto';
import type { Advice, AdviceStep, NothingCode } from '../../../shared/advice.ts';
import type { Forecast } from '../../../shared/forecast.ts';
import type { MovesAdvice } from '../../../shared/moves.ts';
import { addDays, type Day, type Operation, operations } from '../../../shared/season.ts';
import { type Chosen, chooseMachines } from '../../domain/advice/choose-machines.ts';
import { movesProblemOf, type UnitState } from '../../domain/advice/moves-problem.ts';
import { movesReasons, stepReasons, type UnitOutlook } from '../../domain/advice/moves-reasons.ts';
import { usualTravel } from '../../domain/moves/travel.ts';
import type { Draft } from './advice-book.ts';
import type { AdviceWorks } from './advice-works.ts';
import { type PresentMachine, type Roster, type RosterParts, rosterOf } from './roster.ts';
import { StandingGround } from './standing-ground.ts';
import { countedPerMachine, deadlineOf, type Horizon, horizonFrom, type StateParts, unitStates } from './unit-states.ts';

export type Worked<Of> = { draft: Of } | { nothing: NothingCode };

/** So long after the last deadline nothing is advised any more. */
const OVER_DAYS = 14;
/** Moves that bring less than this are not worth a telephone call: mu in time, or this share of the mu waiting day by day. */
const LEAST_MU = 1;
const LEAST_SHARE = 0.01;
/** Rain from which machines stay in. */
const RAIN_MM = 5;

export type AdvisorParts = StateParts & RosterParts & { works: AdviceWorks; now: () => number };

/** Today's state of an operation between units, as the program of moves sees it. */
export interface Today {
  horizon: Horizon;
  roster: Roster;
  units: UnitState[];
}

/** Advice 1: which machines go from which unit to which. */
export class MovesAdvisor {
  constructor(private readonly parts: AdvisorParts) {}

  /** Works it out from today's state; it is not stored. */
  async work(operation: Operation): Promise<Worked<Draft>> {
    const today = await this.today(operation);
    if ('nothing' in today) return today;
    const { units, horizon } = today;
    const kind = operation === 'harvest' ? 'combine' : 'seeder';
    const moves = await this.parts.works.moves(movesProblemOf(units, { firstDay: horizon.firstDay, kind }));
    const nothing = whyNothing(moves, horizon.firstDay);
    if (nothing) return { nothing };
    const draft = await this.draft(operation, today, moves);
    // Those that would go hold orders, every one of them.
    return draft.steps.length > 0 ? { draft } : { nothing: 'noSpare' };
  }

  /** What can be said before anything is solved. */
  async today(operation: Operation): Promise<Today | { nothing: NothingCode }> {
    const { registry, board, now } = this.parts;
    const season = registry.season;
    if (!season) return { nothing: 'noSeason' };
    if (season.closedAt !== undefined) return { nothing: 'seasonClosed' };
    await this.parts.forecasts.ready();
    const divisions = registry.children(registry.root()?.code ?? '');
    const last = divisions.reduce<Day>((latest, one) => later(latest, deadlineOf(season, one, operation)), '');
    const horizon = horizonFrom(season, operation, { now: now(), lastDeadline: last });
    const roster = rosterOf(this.parts, operation, now());
    const units = unitStates(this.parts, { operation, roster, ground: await StandingGround.read(registry, board), horizon });
    if (units.length === 0) return { nothing: divisions.length === 0 ? 'noUnits' : 'noPlace' };
    if (units.every(({ remainingMu }) => remainingMu === 0) || horizon.firstDay > addDays(last, OVER_DAYS))
      return { nothing: 'seasonOver' };
    if (units.every(({ machines }) => machines.wheeled[0] + machines.tracked[0] === 0))
      return { nothing: roster.stale.length > 0 ? 'allStale' : 'noMachines' };
    // Who knows where half of them are would take machines from where the other half is thought not to be.
    if (roster.stale.length > roster.present.length) return { nothing: 'mostStale' };
    return { horizon, roster, units };
  }

  /** The advice that these moves make: machines for those of the first day. */
  async draft(operation: Operation, { horizon, roster, units }: Today, moves: MovesAdvice): Promise<Draft> {
    const { registry, now } = this.parts;
    const first = moves.moves.filter(({ day }) => day === horizon.firstDay);
    const placeOf = (unit: string) => units.find(({ division }) => division === unit)!;
    const free = roster.present.filter(({ orders }) => orders.length === 0);
    const chosen = chooseMachines(first, free, { placeOf, travel: usualTravel });
    const effect = await this.effectOf(operation, units, moves);
    const outlooks = new Map(units.map(unit => [unit.division, this.outlookOf(operation, unit, { moves, horizon })]));
    const steps = chosen.map(one => this.stepOf(one, { operation, day: horizon.firstDay, outlooks, effect }));
    return {
      id: randomUUID(),
      kind: 'moves',
      division: registry.root()!.code,
      operation,
      at: now(),
      reasons: movesReasons([...outlooks.values()]),
      steps,
      moves,
      plan: null,
      effect,
      staleMachines: roster.stale,
    };
  }

  /** Finish of both operations, as things stand and with the machines moved. Nobody sows what is not cut. */
  async effectOf(operation: Operation, units: readonly UnitState[], { moves, units: inProgram }: MovesAdvice): Promise<Advice['effect']> {
    const { forecasts, works, registry } = this.parts;
    const asked = units.flatMap(unit => {
      const known = forecasts.of(unit.division, operation);
      const machines = machinesMoved(unit, known?.forecast ?? null, moves);
      return known && machines.length > 0 ? [{ division: unit.division, series: known.series, otherwise: { machines } }] : [];
    });
    const answers = await works.forecasts(asked.map(({ series, otherwise }) => ({ series, otherwise })));
    const after = new Map(asked.map(({ division }, at) => [division, answers[at]]));
    return units.flatMap(({ division, name }) => {
      // Where no forecast can be told yet, the program of moves has its own.
      const planned = inProgram.find(one => one.unit === division)!.finish;
      const isTold = forecasts.of(division, operation)?.forecast.terms != null;
      const known = (one: Operation) => forecasts.of(division, one)?.forecast ?? null;
      const plan = (one: Operation) => (one === operation ? (after.get(division) ?? known(one)) : known(one));
      const deadline = (one: Operation) => deadlineOf(registry.season!, registry.divisions.get(division)!, one);
      return operations.map(one => ({
        division,
        name,
        operation: one,
        deadline: deadline(one),
        stay: one === operation && !isTold ? planned.stay : finishOf(one, known),
        plan: one === operation && !isTold ? planned.plan : finishOf(one, plan),
      }));
    });
  }

  private outlookOf(operation: Operation, unit: UnitState, { moves, horizon }: { moves: MovesAdvice; horizon: Horizon }): UnitOutlook {
    const { division, name, deadline } = unit;
    const own = moves.units.find(one => one.unit === division)!;
    const known = this.parts.forecasts.of(division, operation)?.forecast ?? null;
    const days = Array.from({ length: horizon.days }, (_, at) => addDays(horizon.firstDay, at)).filter(day => day <= deadline);
    const wet = days.map(day => ({ day, mm: this.parts.rainOf(division, day) ?? 0 })).find(({ mm }) => mm >= RAIN_MM);
    return {
      division,
      name,
      deadline,
      lateMu: own.lateMu.stay,
      chanceInTime: known?.chanceInTime ?? null,
      finish: known?.finish.p50 ?? own.finish.stay,
      rain: wet ?? null,
    };
  }

  private stepOf(
    { candidate, from, to, km, hours }: Chosen<PresentMachine>,
    {
      operation,
      day,
      outlooks,
      effect,
    }: { operation: Operation; day: Day; outlooks: ReadonlyMap<string, UnitOutlook>; effect: Advice['effect'] },
  ): AdviceStep {
    const { machine, known, version, freeInH } = candidate;
    const outlook = outlooks.get(to)!;
    const road = { km: tenth(km), hours: tenth(hours) };
    return {
      offer: { id: randomUUID(), kind: 'move', request: null, machine, division: to, operation, areaMu: null, note: '' },
      plate: known.plate,
      operatorName: known.operatorName,
      from,
      to,
      placeName: outlook.name,
      day,
      startsAt: null,
      endsAt: null,
      ...road,
      machineVersion: version,
      why: stepReasons({
        from: outlooks.get(from)!,
        to: { outlook, effect: effect.find(one => one.division === to && one.operation === operation) },
        ...road,
        freeInH: tenth(freeInH),
        isTracked: known.drive === 'tracked',
      }),
      isLater: false,
    };
  }
}

const later = (one: Day, other: Day): Day => (one > other ? one : other);
const tenth = (value: number): number => Math.round(10 * value) / 10;

/** Machines that come and go, as the unit's forecast counts machines. */
export function machinesMoved(unit: UnitState, forecast: Forecast | null, moves: MovesAdvice['moves']): { from: Day; change: number }[] {
  const counted = countedPerMachine(forecast, unit.machines.wheeled[0] + unit.machines.tracked[0]);
  return moves
    .filter(({ from, to }) => from === unit.division || to === unit.division)
    .map(({ day, machines, from }) => ({ from: day, change: (from === unit.division ? -machines : machines) * counted }));
}

function finishOf(operation: Operation, of: (operation: Operation) => Forecast | null): Day | null {
  const harvest = of('harvest')?.finish.p50 ?? null;
  const sow = of('sow')?.finish.p50 ?? null;
  if (operation === 'harvest' || sow === null || harvest === null) return operation === 'harvest' ? harvest : sow;
  return sow > harvest ? sow : addDays(harvest, 1);
}

/** Null: these moves are worth advising. */
function whyNothing({ moves, value }: MovesAdvice, firstDay: Day): NothingCode | null {
  const saved = { lateMu: value.stay.lateMu - value.plan.lateMu, muDays: value.stay.muDays - value.plan.muDays };
  if (moves.length === 0) return value.stay.lateMu < LEAST_MU ? 'nobodyLate' : 'noSpare';
  const isWorth = saved.lateMu >= LEAST_MU || saved.muDays >= LEAST_SHARE * value.stay.muDays;
  if (!isWorth) return value.stay.lateMu < LEAST_MU ? 'nobodyLate' : 'notWorth';
  return moves.some(({ day }) => day === firstDay) ? null : 'onlyLater';
}
