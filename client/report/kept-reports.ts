import { signal } from '@preact/signals';
import * as z from 'zod';
import { type Reported, type ReportedInput, reportedInputSchema } from '../../shared/registry.ts';
import type { Day, Operation } from '../../shared/season.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import type { Session } from '../connection/session.ts';
import { nothingTyped, type Typed } from './typed-figure.ts';

/**
 * What a clerk has typed and what waits to be sent: kept in this browser by person, so that neither a lost connection nor a reload costs a
 * figure, and nobody sends another's.
 */
export const figureKey = (division: string, operation: Operation, day: Day): string => `${division}|${operation}|${day}`;

const typedSchema = z.object({ machine: z.string(), hand: z.string(), reason: z.string(), above: z.boolean() });
const waitingSchema = z.object({ input: reportedInputSchema, unitName: z.string() });
const keptSchema = z.object({ typed: z.record(z.string(), typedSchema), waiting: z.record(z.string(), waitingSchema) });
type Kept = z.infer<typeof keptSchema>;

/** Why a send did not go through: to be tried again by itself, or to be looked at by the clerk. */
export type Trouble = RequestFailed['code'] | 'later';
const triedAgain: readonly RequestFailed['code'][] = ['offline', 'unavailable', 'limited', 'internal', 'unauthenticated'];
const AGAIN_MS = 5000;

export class KeptReports {
  readonly typed = signal<Readonly<Kept['typed']>>({});
  readonly waiting = signal<Readonly<Kept['waiting']>>({});
  /** Taken by the server since the page was opened. */
  readonly done = signal<Readonly<Record<string, Reported>>>({});
  readonly refused = signal<Readonly<Record<string, Trouble>>>({});
  readonly busy = signal(false);
  /** Why the last attempt failed while something waits. */
  readonly held = signal<RequestFailed['code'] | null>(null);
  /** The browser forbids storage: what waits lives as long as the page. */
  readonly isKept = signal(true);
  private readonly place: string;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    session: Session,
    private readonly onDone: () => void,
  ) {
    this.place = `reports:${session.account ?? ''}:${session.role}:${session.name}:${session.division ?? ''}`;
    const kept = this.recall();
    this.typed.value = kept.typed;
    this.waiting.value = kept.waiting;
  }

  /** Sends what waits now and as soon as the network is back; gives back how to stop. */
  start(): () => void {
    const flush = () => void this.flush();
    window.addEventListener('online', flush);
    this.timer = setInterval(flush, AGAIN_MS);
    flush();
    return () => {
      window.removeEventListener('online', flush);
      clearInterval(this.timer);
    };
  }

  typedAt = (key: string): Typed => this.typed.value[key] ?? nothingTyped;

  type(key: string, change: Partial<Typed>): void {
    this.typed.value = { ...this.typed.value, [key]: { ...this.typedAt(key), ...change } };
    this.refused.value = without(this.refused.value, key);
    this.done.value = without(this.done.value, key);
    this.keep();
  }

  async send(inputs: readonly { input: ReportedInput; unitName: string }[]): Promise<void> {
    const added = inputs.map(one => [figureKey(one.input.division, one.input.operation, one.input.day), one] as const);
    this.waiting.value = { ...this.waiting.value, ...Object.fromEntries(added) };
    this.keep();
    await this.flush();
  }

  discard(key: string): void {
    this.waiting.value = without(this.waiting.value, key);
    this.keep();
  }

  async flush(): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.held.value = null;
    try {
      for (const [key, { input }] of Object.entries(this.waiting.value)) {
        if (!(await this.sendOne(key, input))) break;
      }
    } finally {
      this.busy.value = false;
    }
  }

  /** False: there is no use in going on now. */
  private async sendOne(key: string, input: ReportedInput): Promise<boolean> {
    try {
      const reported = await ask('reported', {}, { body: input });
      this.done.value = { ...this.done.value, [key]: reported };
      this.typed.value = without(this.typed.value, key);
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      if (triedAgain.includes(cause.code)) {
        this.held.value = cause.code;
        return false;
      }
      const isLater = /above that of/.test(cause.message);
      this.refused.value = { ...this.refused.value, [key]: isLater ? 'later' : cause.code };
      this.putBack(key, input);
    }
    this.waiting.value = without(this.waiting.value, key);
    this.keep();
    this.onDone();
    return true;
  }

  /** A figure that was refused stands in its fields again, whatever the page has gone through since. */
  private putBack(key: string, { machineMu, handMu, reason }: ReportedInput): void {
    const back = { machine: String(machineMu), hand: String(handMu), reason: reason ?? '', above: false };
    this.typed.value = { ...this.typed.value, [key]: this.typed.value[key] ?? back };
  }

  private keep(): void {
    try {
      localStorage.setItem(this.place, JSON.stringify({ typed: this.typed.value, waiting: this.waiting.value }));
      this.isKept.value = true;
    } catch {
      this.isKept.value = false;
    }
  }

  private recall(): Kept {
    const nothing = { typed: {}, waiting: {} };
    try {
      const stored = localStorage.getItem(this.place);
      return stored === null ? nothing : (keptSchema.safeParse(JSON.parse(stored)).data ?? nothing);
    } catch {
      this.isKept.value = false;
      return nothing;
    }
  }
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  const { [key]: _, ...rest } = record;
  return rest;
}
