import type { ClockLine } from '../../shared/clock.ts';
import type { Fix } from '../../shared/fix.ts';
import { Drain, type LinkState } from './drain.ts';
import { forgetIfDrained } from './outbox.ts';
import type { CabDatabase, OutboxRecord } from './store.ts';

interface DrainsOptions {
  database: CabDatabase;
  onLink: (outbox: string, state: LinkState) => void;
  onChange: () => void;
  onClock: (line: ClockLine) => void;
  onInbox: () => void;
  onTrouble: (cause: unknown) => void;
}

const isDrained = (outbox: OutboxRecord): boolean => outbox.acked >= outbox.lastSeq;

/** A sender for each outbox that has something to send, under its own token; the current one keeps its socket while on duty. */
export class Drains {
  private readonly drains = new Map<string, { drain: Drain; token: string }>();

  constructor(private readonly options: DrainsOptions) {}

  /** Starts the senders that are needed and ends those that are not. */
  async keep(outboxes: readonly OutboxRecord[], live: string | null, current: string | null): Promise<void> {
    for (const outbox of outboxes) {
      const isNeeded = !outbox.isDenied && (outbox.id === live || !isDrained(outbox));
      const running = this.drains.get(outbox.id);
      if (running && (!isNeeded || running.token !== outbox.token)) this.end(outbox.id);
      if (isNeeded && !this.drains.has(outbox.id)) this.begin(outbox);
      if (!isNeeded && isDrained(outbox) && outbox.id !== current) await forgetIfDrained(this.options.database, outbox.id);
    }
  }

  has = (outbox: string): boolean => this.drains.has(outbox);

  fixAdded(outbox: string, fix: Fix): void {
    const drain = this.drains.get(outbox)?.drain;
    drain?.showLive(fix);
    drain?.poke();
  }

  hurry(): void {
    for (const { drain } of this.drains.values()) drain.hurry();
  }

  close(): void {
    for (const id of [...this.drains.keys()]) this.end(id);
  }

  private begin({ id, token }: OutboxRecord): void {
    const { database, onLink, onChange, onClock, onInbox, onTrouble } = this.options;
    const onState = (state: LinkState) => onLink(id, state);
    this.drains.set(id, { token, drain: new Drain({ database, outbox: id, token, onState, onChange, onClock, onInbox, onTrouble }) });
  }

  private end(id: string): void {
    this.drains.get(id)?.drain.close();
    this.drains.delete(id);
  }
}
