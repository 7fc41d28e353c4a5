import {
  type BulletinContent,
  type BulletinDraft,
  type BulletinSummary,
  type BulletinWeek,
  type IssuedBulletin,
  noRemarks,
  type Remarks,
} from '../../shared/bulletin.ts';
import type { ReceptionCounts } from '../../shared/reception.ts';
import type { Division } from '../../shared/registry.ts';
import { Refusal } from '../../shared/reply.ts';
import { addDays, bulletinDayOf, bulletinInHand, cutOff, type Day, dayOf, type Operation, type Season } from '../../shared/season.ts';
import { dustedMu, ratio } from '../../shared/units.ts';
import { bulletinOf, differences, type UnitFacts } from '../domain/bulletin.ts';
import type { BulletinStore } from '../stores/bulletins.ts';
import type { Corrections } from './corrections.ts';
import type { MachineDays } from './machine-days.ts';
import type { ProgressBoard } from './progress.ts';
import type { Registry } from './registry.ts';
import type { Reporting } from './reporting.ts';

export interface BulletinDeps {
  registry: Registry;
  board: ProgressBoard;
  reporting: Reporting;
  machineDays: MachineDays;
  store: BulletinStore;
  receptionOn: (day: Day) => (division: string) => ReceptionCounts;
  corrections: Corrections;
  now: () => number;
}

const MOST_LATE = 100;

/** A bulletin of which unit and day; without a day the one in hand. */
interface Of {
  division: string;
  day?: Day | undefined;
}

/** Bulletins while they are written, and as they were issued. */
export class Bulletins {
  constructor(private readonly deps: BulletinDeps) {}

  async draft({ division, day = bulletinInHand(this.deps.now()) }: Of): Promise<BulletinDraft> {
    const { registry, store, now } = this.deps;
    const season = this.seasonOf(division, day);
    const draft = await store.draft(division, day);
    const content = await this.contentOf(division, day, draft?.remarks ?? noRemarks);
    const latest = await store.latest(division, day);
    const issued = (await store.summaries(division)).filter(bulletin => bulletin.day === day);
    const running = bulletinDayOf(now());
    const first = registry.season!.firstDay.harvest;
    const days = Array.from({ length: 60 }, (_, back) => addDays(running, -back)).filter(
      one => one >= first || one >= addDays(running, -6),
    );
    return {
      division,
      day,
      days: days.includes(day) ? days : [...days, day],
      cutOff: cutOff(day),
      asOf: Math.min(now(), cutOff(day)),
      isFinal: now() >= cutOff(day),
      content,
      draft: { version: draft?.version ?? 0, author: draft?.author ?? null, at: draft?.at ?? null },
      issued,
      sinceIssue: latest ? differences(latest.content, content) : [],
      lateFixes: latest ? this.lateFixesOf(division, latest) : [],
      reports: await this.reportsOf(division, day),
      ...namesOf(season),
    };
  }

  async saveRemarks(
    of: { division: string; day: Day; version: number; remarks: Remarks },
    author: string,
  ): Promise<BulletinDraft['draft']> {
    const { division, day, remarks } = of;
    this.seasonOf(division, day);
    const saved = { division, day, remarks, version: of.version + 1, author, at: this.deps.now() };
    if (!(await this.deps.store.putDraft(saved))) {
      const there = await this.deps.store.draft(division, day);
      throw new Refusal(
        'conflict',
        `version: ${there?.author ?? 'somebody'} has saved remarks in between: look at them, then save yours again`,
      );
    }
    return { version: saved.version, author, at: saved.at };
  }

  remarksOf = async (division: string, day: Day): Promise<Remarks> => (await this.deps.store.draft(division, day))?.remarks ?? noRemarks;

  /** Immutable from here on. The next one for the same day is a correction, and says why and what it changes. */
  async issue(
    of: { division: string; day: Day; draftVersion: number; lastVersion: number; reason?: string | undefined },
    author: string,
  ): Promise<IssuedBulletin> {
    const { store, now } = this.deps;
    const { division, day } = of;
    const season = this.seasonOf(division, day);
    const issuedAt = now();
    if (issuedAt < cutOff(day)) throw new Refusal('invalid', `day: ${day} runs until 17:00, its bulletin can be issued from then on`);
    const draft = await store.draft(division, day);
    if ((draft?.version ?? 0) !== of.draftVersion)
      throw new Refusal('conflict', 'draftVersion: the remarks have changed: look at them, then issue');
    const last = await store.latest(division, day);
    if ((last?.version ?? 0) !== of.lastVersion)
      throw new Refusal('conflict', 'lastVersion: somebody has issued this bulletin: look at it first');
    const content = await this.contentOf(division, day, draft?.remarks ?? noRemarks);
    const changes = last ? differences(last.content, content) : [];
    if (last && !of.reason) throw new Refusal('invalid', 'reason: a correction says why');
    if (last && changes.length === 0) throw new Refusal('invalid', `lastVersion: nothing differs from version ${last.version}`);
    const bulletin: IssuedBulletin = {
      division,
      day,
      version: of.lastVersion + 1,
      cutOff: cutOff(day),
      issuedAt,
      author,
      reason: last ? of.reason! : null,
      changes,
      ...namesOf(season),
      content,
    };
    if (!(await store.add(bulletin))) throw new Refusal('conflict', 'lastVersion: somebody has issued this bulletin: look at it first');
    this.deps.corrections.enter(bulletin);
    return bulletin;
  }

  /** What late fixes changed since the bulletin went out. */
  private lateFixesOf(division: string, { cutOff, issuedAt }: IssuedBulletin): BulletinDraft['lateFixes'] {
    const { corrections, registry } = this.deps;
    const late = corrections.since(division, { cutOff, since: issuedAt });
    return late.slice(0, MOST_LATE).map(one => ({ ...one, plate: registry.machines.get(one.machine)?.plate || one.machine }));
  }

  issued = (division: string): Promise<BulletinSummary[]> => this.deps.store.summaries(division);

  async one(division: string, day: Day, version: number): Promise<IssuedBulletin> {
    const found = await this.deps.store.one(division, day, version);
    if (!found) throw new Refusal('notFound', `version: no bulletin of ${division} for ${day} has version ${version}`);
    return found;
  }

  /** Seven bulletin days side by side, the last of them `day`. */
  async week({ division, day = bulletinInHand(this.deps.now()) }: Of): Promise<BulletinWeek> {
    this.seasonOf(division, day);
    const days = Array.from({ length: 7 }, (_, i) => addDays(day, i - 6));
    const issued = await this.deps.store.summaries(division);
    return {
      division,
      days: days.map(one => ({
        day: one,
        isFinal: this.deps.now() >= cutOff(one),
        issuedVersion: issued.find(bulletin => bulletin.day === one)?.version ?? null,
      })),
      total: this.weekOf(this.divisionOf(division), days),
      units: this.deps.registry.children(division).map(child => this.weekOf(child, days)),
    };
  }

  private weekOf(unit: Division, days: readonly Day[]): BulletinWeek['total'] {
    const operation = (op: Operation) => {
      const done = [addDays(days[0], -1), ...days].map(day => this.deps.board.standingOn(unit.code, op, day).headline.headlineMu);
      const areaMu = this.areaMu(unit.code, op);
      const doneMu = dustedMu(done.at(-1)!);
      return { dailyMu: days.map((_, i) => dustedMu(done[i + 1] - done[i])), doneMu, areaMu, progress: ratio(doneMu, areaMu) };
    };
    return { ...nameOf(unit), harvest: operation('harvest'), sow: operation('sow') };
  }

  private async contentOf(code: string, day: Day, remarks: Remarks): Promise<BulletinContent> {
    const { registry, machineDays, now } = this.deps;
    const out = await machineDays.countsOn(day);
    const reception = this.deps.receptionOn(day);
    // What is in repair is known of the moment alone: it belongs to the day that runs or has just ended.
    const isInHand = day >= bulletinInHand(now());
    const factsOf = (unit: Division): UnitFacts => {
      const { registered, withTerminal, inRepair } = this.deps.board.machines.countsOf(unit.code);
      return {
        ...nameOf(unit),
        level: unit.level,
        terminalShare: ratio(withTerminal, registered),
        reception: reception(unit.code),
        machines: { ...out(unit.code), inRepair: isInHand ? inRepair : null },
        harvest: this.operationOf(unit.code, 'harvest', day),
        sow: this.operationOf(unit.code, 'sow', day),
      };
    };
    return bulletinOf(factsOf(this.divisionOf(code)), registry.children(code).map(factsOf), remarks);
  }

  private operationOf(code: string, operation: Operation, day: Day): UnitFacts['harvest'] {
    const { board } = this.deps;
    return {
      areaMu: this.areaMu(code, operation),
      now: board.standingOn(code, operation, day),
      before: board.standingOn(code, operation, addDays(day, -1)),
    };
  }

  private areaMu(code: string, operation: Operation): number {
    const { plantedMu, plannedMu } = this.deps.board.areasOf(code);
    return operation === 'harvest' ? plantedMu : plannedMu;
  }

  private async reportsOf(division: string, day: Day): Promise<BulletinDraft['reports']> {
    const { rows } = await this.deps.reporting.reportBoard(division, day);
    const expected = rows.filter(row => row.harvest.state !== 'noArea' || row.sow.state !== 'noArea');
    const isOpen = (state: string) => state === 'due' || state === 'late';
    return { expected: expected.length, missing: expected.filter(row => isOpen(row.harvest.state) || isOpen(row.sow.state)).length };
  }

  private divisionOf(code: string): Division {
    const division = this.deps.registry.divisions.get(code);
    if (!division) throw new Refusal('notFound', `division: there is no unit ${code}`);
    return division;
  }

  /** The season, when the unit exists and the day is one of it. */
  private seasonOf(division: string, day: Day): Season {
    const { season } = this.deps.registry;
    this.divisionOf(division);
    if (!season) throw new Refusal('notFound', 'there is no season yet');
    const running = bulletinDayOf(this.deps.now());
    if (day > running) throw new Refusal('invalid', `day: ${day} has not begun yet; the day that runs is ${running}`);
    if (day.slice(0, 4) !== dayOf(this.deps.now()).slice(0, 4)) throw new Refusal('invalid', `day: ${day} is not of this season`);
    return season;
  }
}

const nameOf = ({ code, name, nameEn }: Division) => ({ code, name, ...(nameEn !== undefined && { nameEn }) });
const namesOf = ({ year, name, areaSource, demo }: Season) => ({ seasonYear: year, seasonName: name, areaSource, demo });
