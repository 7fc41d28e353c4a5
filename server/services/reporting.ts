import { randomUUID } from 'node:crypto';
import type { Division } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Reminder, ReportBoard, ReportForm } from '../../shared/reporting.ts';
import { addDays, bulletinDayOf, bulletinInHand, type Day, type Operation, operations, reportsDue } from '../../shared/season.ts';
import { reportStateOf } from '../domain/report-check.ts';
import type { ReminderStore } from '../stores/reminders.ts';
import type { ProgressBoard } from './progress.ts';
import type { Registry } from './registry.ts';
import type { ReportedFigures } from './reported.ts';

export interface ReportingDeps {
  registry: Registry;
  reported: ReportedFigures;
  board: ProgressBoard;
  reminders: ReminderStore;
  now: () => number;
}

const nameOf = ({ code, name, nameEn, level, parent }: Division) => ({
  code,
  name,
  ...(nameEn !== undefined && { nameEn }),
  level,
  parent,
});

/** The clerks' form, the board of who has not reported, and the reminders between the two. */
export class Reporting {
  constructor(private readonly deps: ReportingDeps) {}

  /** `root` is what the clerk may report for; `code` the unit of it that is looked at. */
  async form(root: string, code: string | undefined, asked: Day | undefined): Promise<ReportForm> {
    const { registry, reported, reminders } = this.deps;
    const now = this.deps.now();
    const running = bulletinDayOf(now);
    const days = [running, addDays(running, -1)];
    const units = this.reportingUnits(root);
    const shown = registry.divisions.get(code ?? this.unitInHand(root, now)?.code ?? root);
    if (!shown || shown.level === 'city') throw new Refusal('notFound', `division: there is no unit that reports below ${code ?? root}`);
    const day = asked ?? this.dayInHand(shown.code, now);
    const open = (await reminders.ofDays(days)).filter(({ division }) => units.some(one => one.code === division));
    return {
      now,
      day,
      days: days.includes(day) ? days : [...days, day],
      dueAt: reportsDue(day),
      unit: nameOf(shown),
      units: units.map(one => ({ ...nameOf(one), reported: operations.filter(op => reported.latest(one.code, op, day)?.day === day) })),
      operations: { harvest: this.formOperation(shown.code, 'harvest', day), sow: this.formOperation(shown.code, 'sow', day) },
      reminders: open
        .filter(reminder => operations.some(op => this.isOpen(reminder.division, op, reminder.day)))
        .map(reminder => ({ ...reminder, name: registry.divisions.get(reminder.division)!.name }))
        .reverse(),
    };
  }

  async reportBoard(code: string, asked: Day | undefined): Promise<ReportBoard> {
    const { registry, reminders, now } = this.deps;
    const day = asked ?? bulletinInHand(now());
    const sent = await reminders.ofDays([day]);
    const rows = this.lowest(code).map(unit => {
      const own = sent.filter(({ division }) => division === unit.code);
      return {
        ...nameOf(unit),
        county: unit.level === 'town' ? (registry.divisions.get(unit.parent ?? '')?.name ?? null) : null,
        harvest: this.boardOperation(unit, 'harvest', day),
        sow: this.boardOperation(unit, 'sow', day),
        reminders: { sent: own.length, seen: own.filter(({ seen }) => seen).length, lastAt: own.at(-1)?.at ?? null },
      };
    });
    return { now: now(), day, dueAt: reportsDue(day), rows };
  }

  async remind(units: readonly string[], day: Day, author: string): Promise<Reminder[]> {
    const at = this.deps.now();
    const unknown = units.find(code => !this.deps.registry.divisions.has(code));
    if (unknown) throw new Refusal('invalid', `units: there is no unit ${unknown}`);
    const made = [...new Set(units)].map(division => ({ id: randomUUID(), division, day, at, author, seen: null }));
    await this.deps.reminders.add(made);
    return made;
  }

  remindersOf = (ids: readonly string[]): Promise<Reminder[]> => this.deps.reminders.some(ids);
  see = (ids: readonly string[], author: string): Promise<number> => this.deps.reminders.see(ids, { at: this.deps.now(), author });

  /** The first that has not reported yet, of those that report: where the towns do, the county itself does not. */
  private unitInHand(root: string, now: number): Division | undefined {
    const { registry, reported } = this.deps;
    const hasFigures = (unit: Division) => operations.some(op => reported.latest(unit.code, op, bulletinDayOf(now)) !== null);
    const own = registry.divisions.get(root);
    if (own && own.level !== 'city' && hasFigures(own)) return own;
    const lowest = this.lowest(root);
    const day = bulletinInHand(now);
    return lowest.find(unit => operations.some(op => this.isOpen(unit.code, op, day))) ?? lowest[0];
  }

  /** After the cut-off a clerk who has not reported is most likely late; one who has begins the next day. */
  private dayInHand(code: string, now: number): Day {
    const inHand = bulletinInHand(now);
    const running = bulletinDayOf(now);
    const isReported = operations.some(op => this.deps.reported.latest(code, op, inHand)?.day === inHand);
    return isReported ? running : inHand;
  }

  /** A county and its towns; for the city, all of them. */
  private reportingUnits(root: string): Division[] {
    const own = this.deps.registry.divisions.get(root);
    const below = this.deps.registry.children(root).flatMap(child => this.reportingUnits(child.code));
    return own && own.level !== 'city' ? [own, ...below] : below;
  }

  private lowest(code: string): Division[] {
    const children = this.deps.registry.children(code);
    if (children.length > 0) return children.flatMap(child => this.lowest(child.code));
    const own = this.deps.registry.divisions.get(code);
    return own ? [own] : [];
  }

  private areaMu(code: string, operation: Operation): number {
    const { plantedMu, plannedMu } = this.deps.board.areasOf(code);
    return operation === 'harvest' ? plantedMu : plannedMu;
  }

  private formOperation(code: string, operation: Operation, day: Day) {
    const { board, reported } = this.deps;
    return {
      areaMu: this.areaMu(code, operation),
      measuredMu: board.onDay(code, day)[operation].measuredMu,
      last: reported.latest(code, operation, day),
    };
  }

  private boardOperation(unit: Division, operation: Operation, day: Day): ReportBoard['rows'][number]['harvest'] {
    const { reported, now } = this.deps;
    const last = reported.latest(unit.code, operation, day);
    const county = unit.parent === null ? null : reported.latest(unit.parent, operation, day);
    const state = reportStateOf({
      areaMu: this.areaMu(unit.code, operation),
      day,
      last,
      countyReported: county?.day === day,
      isPastDue: now() > reportsDue(day),
    });
    return { state, last };
  }

  private isOpen(code: string, operation: Operation, day: Day): boolean {
    const unit = this.deps.registry.divisions.get(code);
    if (!unit) return false;
    const { state } = this.boardOperation(unit, operation, day);
    return state === 'due' || state === 'late';
  }
}
