import { Worker } from 'node:worker_threads';
import type { Forecast, Series } from '../../shared/forecast.ts';

interface Waiting {
  series: Series;
  resolve(answer: Forecast): void;
  reject(error: unknown): void;
}

/** Forecasts in a thread of their own, apart from the one that serves: started with the first, one after the other, the urgent ones first. */
export class Forecaster {
  private worker: Worker | null = null;
  private readonly queue: Waiting[] = [];
  private current: Waiting | null = null;
  isClosed = false;

  forecast(series: Series, { urgent = false } = {}): Promise<Forecast> {
    if (this.isClosed) return Promise.reject(new Error('the forecaster is closed'));
    return new Promise((resolve, reject) => {
      const waiting = { series, resolve, reject };
      if (urgent) this.queue.unshift(waiting);
      else this.queue.push(waiting);
      this.next();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const { worker } = this;
    this.fail(new Error('the forecaster was closed'));
    await worker?.terminate();
  }

  private next(): void {
    if (this.current || this.queue.length === 0) return;
    this.current = this.queue.shift()!;
    this.worker ??= this.start();
    this.worker.postMessage(this.current.series);
  }

  private start(): Worker {
    const worker = new Worker(new URL('./forecast-thread.mjs', import.meta.url));
    worker.on('message', (answer: Forecast) => {
      const done = this.current;
      this.current = null;
      done?.resolve(answer);
      this.next();
    });
    worker.on('error', error => this.fail(error));
    worker.on('exit', code => this.fail(new Error(`the forecasting thread ended with code ${code}`)));
    return worker;
  }

  /** Whoever waits is told; the next one asked for starts a new thread. */
  private fail(error: unknown): void {
    this.worker?.removeAllListeners();
    this.worker = null;
    const left = [...(this.current ? [this.current] : []), ...this.queue.splice(0)];
    this.current = null;
    for (const { reject } of left) reject(error);
  }
}
