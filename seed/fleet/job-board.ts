import type { LngLat } from '../../shared/registry.ts';
import type { Operation } from '../../shared/season.ts';

export interface BoardField {
  id: string;
  county: string;
  town: string;
  /** Closed rings as in GeoJSON, the outer first. */
  rings: LngLat[][];
  centre: LngLat;
  areaMu: number;
  /** Not to be cut before; epoch ms. */
  ripeAt: number;
  /** Corn is to follow. */
  sow: boolean;
  /** Large enough for two machines, and meant for them. */
  shared: boolean;
  stage: 'standing' | 'harvested' | 'sown';
}

export interface Job {
  field: BoardField;
  operation: Operation;
  /** One of two machines in a shared field. */
  half: 0 | 1 | null;
}

interface OpenJob extends Job {
  from: number;
  /** Who has the other half. */
  notFor: string | null;
}

/** Work that somebody asked for: these fields, or, where none are named, the nearest to a place. */
export interface Wanted {
  county: string;
  lngLat: LngLat;
  fields: readonly string[];
}

/** Without named fields: what lies farther from the place is other work. */
const WANTED_WITHIN_M = 3000;
/** Straw is cleared before the drill comes. */
const SOW_AFTER_MS = 3_600_000;
/** The second half of a shared field: so much nearer for another machine, so much farther for the one that has the first half. */
const HELP_M = 2500;
const SAME_MACHINE_M = 3000;
const METRES_PER_DEGREE = 111_195;

/** Which fields wait for which work, by county. A field is handed out once for each operation, a shared one in two halves. */
export class JobBoard {
  private readonly open = new Map<string, OpenJob[]>();
  private readonly unfinished = new Map<string, number>();

  /** `servedFrom`: the county whose machines work in a county that has none of its own. */
  constructor(
    fields: Iterable<BoardField>,
    private readonly servedFrom: (county: string, operation: Operation) => string = county => county,
  ) {
    for (const field of fields) {
      if (field.stage === 'standing') this.offer({ field, operation: 'harvest', half: null, from: field.ripeAt, notFor: null });
      if (field.stage === 'harvested') this.offerSowing(field, Number.NEGATIVE_INFINITY);
    }
  }

  /** The nearest field that waits; undefined when there is none. */
  take(machine: { id: string; county: string; operation: Operation }, place: LngLat, at: number): Job | undefined {
    return this.takeBest(machine, place, ({ from }) => from <= at);
  }

  /** A field that was asked for, ripe or not: the nearest to where the machine is. Undefined when none of them waits any more. */
  takeWanted(machine: { id: string; operation: Operation }, wanted: Wanted, place: LngLat): Job | undefined {
    const named = new Set(wanted.fields);
    const isWanted = ({ field }: OpenJob) =>
      named.size > 0 ? named.has(field.id) : metresBetween(field.centre, wanted.lngLat) <= WANTED_WITHIN_M;
    return this.takeBest({ ...machine, county: wanted.county }, place, isWanted);
  }

  /** It was not begun: it waits again. */
  giveBack(job: Job): void {
    this.offer({ ...job, from: Number.NEGATIVE_INFINITY, notFor: null });
  }

  private takeBest(
    machine: { id: string; county: string; operation: Operation },
    place: LngLat,
    isFit: (job: OpenJob) => boolean,
  ): Job | undefined {
    const jobs = this.open.get(keyOf(this.servedFrom(machine.county, machine.operation), machine.operation)) ?? [];
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < jobs.length; i++) {
      const { field, notFor } = jobs[i];
      if (!isFit(jobs[i])) continue;
      const metres = metresBetween(field.centre, place);
      const cost = notFor === null ? metres : notFor === machine.id ? metres + SAME_MACHINE_M : metres - HELP_M;
      if (cost < least) [best, least] = [i, cost];
    }
    if (best < 0) return undefined;
    const job = jobs[best];
    jobs[best] = jobs.at(-1)!;
    jobs.pop();
    return this.handOut(job, machine.id);
  }

  private handOut(job: OpenJob, machine: string): Job {
    const { field, operation } = job;
    const key = keyOf(field.id, operation);
    if (job.half !== null || !field.shared) {
      if (!this.unfinished.has(key)) this.unfinished.set(key, 1);
      return { field, operation, half: job.half };
    }
    this.unfinished.set(key, 2);
    this.offer({ ...job, half: 1, notFor: machine });
    return { field, operation, half: 0 };
  }

  finish(job: Job, at: number): void {
    const key = keyOf(job.field.id, job.operation);
    const left = (this.unfinished.get(key) ?? 1) - 1;
    this.unfinished.set(key, left);
    if (left > 0) return;
    this.unfinished.delete(key);
    job.field.stage = job.operation === 'harvest' ? 'harvested' : 'sown';
    if (job.operation === 'harvest') this.offerSowing(job.field, at + SOW_AFTER_MS);
  }

  private offerSowing(field: BoardField, from: number): void {
    if (field.sow) this.offer({ field, operation: 'sow', half: null, from, notFor: null });
  }

  private offer(job: OpenJob): void {
    const key = keyOf(this.servedFrom(job.field.county, job.operation), job.operation);
    const jobs = this.open.get(key);
    if (jobs) jobs.push(job);
    else this.open.set(key, [job]);
  }
}

const metresBetween = ([lng, lat]: LngLat, [toLng, toLat]: LngLat): number =>
  Math.hypot((lng - toLng) * METRES_PER_DEGREE * Math.cos((toLat * Math.PI) / 180), (lat - toLat) * METRES_PER_DEGREE);

const keyOf = (place: string, operation: Operation): string => `${operation} ${place}`;
