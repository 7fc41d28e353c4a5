import { FieldIndex } from '../../server/domain/field-index.ts';
import { areaM2Of } from '../../server/domain/polygon-check.ts';
import { type Digest, digestOf } from '../../server/services/digest.ts';
import { Fold } from '../../server/services/fold.ts';
import type { StoredBatch } from '../../server/stores/fix-log.ts';
import { packFixes } from '../../shared/packing.ts';
import type { Machine } from '../../shared/registry.ts';
import { m2OfMu, muOfM2 } from '../../shared/units.ts';
import { benchSeason, machineId, OUTBOX } from './ingest-season.ts';
import type { IngestSize } from './ingest-size.ts';
import { trackOf } from './ingest-track.ts';

/** The digest that the run must end with: the generated tracks folded one after the other in this process, without socket or database. */
export async function referenceDigest(size: IngestSize, since: number, year: number): Promise<Digest> {
  const { machines, index } = world(size, year);
  const listener = { moved: () => undefined, late: () => undefined, covered: () => undefined };
  const nothing = {
    foldedUpTo: async () => 0,
    clear: async () => undefined,
    checkpoint: async () => undefined,
    swathsOf: async () => [],
    unevaluated: async () => [],
    placesOf: async () => [],
    replaceOutbox: async () => undefined,
  };
  const fold = new Fold({ ...nothing, allCoverage: none, allOutboxes: none }, { machines, index }, listener, Date.now);
  const wholeTrack = (machine: number): StoredBatch => {
    const count = size.trackFixes + size.pacedSeconds;
    const packed = packFixes(trackOf(machine, { fixes: count, fields: size.fields / size.machines, since }));
    const times = { firstTime: since, lastTime: since + (count - 1) * 1000, receivedAt: since };
    return { _id: machine + 1, machine: machineId(machine), outbox: OUTBOX, firstSeq: 1, lastSeq: count, ...times, packed };
  };
  for (let machine = 0; machine < size.machines; machine++) {
    fold.takeStored(wholeTrack(machine));
    if (machine % 100 === 99) await fold.evaluateAll();
  }
  await fold.evaluateAll();
  const ids = Array.from({ length: size.machines }, (_, i) => i);
  const log = {
    outboxes: async () => ids.map(i => ({ machine: machineId(i), outbox: OUTBOX })),
    async *ofOutbox(machine: string) {
      yield wholeTrack(Number(machine.slice(1)));
    },
  };
  return digestOf(log, fold);
}

async function* none(): AsyncGenerator<never> {}

function world(size: IngestSize, year: number) {
  const plan = benchSeason(size, year);
  const machines = new Map<string, Machine>(plan.machines.map(machine => [machine.id, machine]));
  const shapes = [...plan.fields()].map(({ id, polygon }) => ({ id, polygon, areaM2: m2OfMu(muOfM2(areaM2Of(polygon))) }));
  return { machines, index: new FieldIndex(shapes) };
}
