import type { Log } from './log.ts';

/** Calls `beat` every so often, never twice at once, until stopped; a beat that fails is logged and the next one comes all the same. */
export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | null = null;

  constructor(name: string, everyMs: number, beat: () => Promise<void> | void, log: Log) {
    this.timer = setInterval(() => {
      this.running ??= (async () => beat())()
        .catch(error => log.error({ error: error instanceof Error ? error.stack : String(error) }, `${name} failed; trying again`))
        .finally(() => {
          this.running = null;
        });
    }, everyMs);
  }

  /** Resolves when a beat that is under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
