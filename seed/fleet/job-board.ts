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
    const jobs = this.open.get(keyOf(machine.county, machine.operation)) ?? [];
    const perLng = METRES_PER_DEGREE * Math.cos((place[1] * Math.PI) / 180);
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < jobs.length; i++) {
      const { field, from, notFor } = jobs[i];
      if (from > at) continue;
      const metres = Math.hypot((field.centre[0] - place[0]) * perLng, (field.centre[1] - place[1]) * METRES_PER_DEGREE);
      const cost = notFor === null ? metres : notFor === machine.id ? metres + SAME_MACHINE_M : metres - HELP_M;
      if (cost < least) [best, least] = [i, cost];
    }
    if (best < 0) return undefined;
    const job = jobs[best];
    jobs[best] = jobs.at(-1)!;
    jobs.pop();
    const { field, operation } = job;
    const half = job.half === null && field.shared ? 0 : job.half;
    this.unfinished.set(keyOf(field.id, operation), half === 0 ? 2 : (this.unfinished.get(keyOf(field.id, operation)) ?? 1));
    if (half === 0) this.offer({ ...job, half: 1, notFor: machine.id });
    return { field, operation, half };
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

const keyOf = (place: string, operation: Operation): string => `${operation} ${place}`;
