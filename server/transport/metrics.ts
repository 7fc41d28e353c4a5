import type { Request, RequestHandler, Response } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { bearerOf } from './secrets.ts';

const LOOPBACK = /^(::1|(::ffff:)?127\.)/;

/** What is counted, and what is asked for when somebody reads the metrics. */
export class Metrics {
  private readonly registry = new Registry();
  readonly fixes = new Counter({
    name: 'fixes_stored_total',
    help: 'Fixes made durable, by verdict',
    labelNames: ['verdict'],
    registers: [this.registry],
  });
  readonly batches = new Counter({ name: 'batches_stored_total', help: 'Batches made durable', registers: [this.registry] });
  readonly ackSeconds = new Histogram({
    name: 'fix_report_seconds',
    help: 'From the arrival of a report to its answer',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });
  readonly liveRows = new Counter({
    name: 'live_rows_total',
    help: 'Rows of the live lane',
    labelNames: ['verdict'],
    registers: [this.registry],
  });

  constructor(gauges: Record<string, { help: string; value: () => number }>) {
    collectDefaultMetrics({ register: this.registry });
    for (const [name, { help, value }] of Object.entries(gauges)) {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(value());
        },
      });
    }
  }

  /** `GET /metrics`, for this computer or a bearer of METRICS_TOKEN. */
  handler(token: string | null): RequestHandler {
    return async (request: Request, response: Response) => {
      const isLocal = LOOPBACK.test(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
      if (!isLocal && (token === null || bearerOf(request) !== token)) {
        response.status(403).type('text').send('metrics: from this computer, or with METRICS_TOKEN as bearer\n');
        return;
      }
      response.type(this.registry.contentType).send(await this.registry.metrics());
    };
  }
}
