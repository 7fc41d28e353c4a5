import { createHash } from 'node:crypto';
import { rowOfFix } from '../../shared/fix.ts';
import { unpackFixes } from '../../shared/packing.ts';
import type { FixLog, StoredBatch } from '../stores/fix-log.ts';
import type { Fold } from './fold.ts';

export interface Digest {
  fixes: number;
  fixSha256: string;
  coverageSha256: string;
  totals: { accepted: number; refused: number; thinned: number; fields: number; harvestDm2: number; sowDm2: number };
}

type LogToRead = Pick<FixLog, 'outboxes' | 'ofOutbox'>;
type FoldToRead = Pick<Fold, 'results' | 'holds'>;

/** One outbox without its random id. */
interface OutboxDigest {
  /** The earliest fixTime. */
  firstTime: number;
  sha256: string;
  fixes: number;
  refused: number;
  thinned: number;
  /** Of the season: an outbox may have none. */
  batches: number;
}

/**
 * What is stored, as two hashes.
 * `fixSha256` is over lines: each machine's id, by id; below it the hash of each of its outboxes, by their first fixTime, then by that hash.
 * An outbox's hash is over its lines in order of seq: a fix as the JSON of its row, a blank and its reasons of refusal; a malformed row as it
 * came, likewise; a run of thinned seqs as `from-to thinned`. `coverageSha256` is over a line for each field and operation, by key: the key, a
 * blank and the JSON of its result, as it is by rule: what people say of a field does not enter. Only batches of the season that is open, or was closed last, count. Neither the outbox id nor batches, times of arrival or order of arrival enter.
 */
export async function digestOf(log: LogToRead, fold: FoldToRead): Promise<Digest> {
  const fixHash = createHash('sha256');
  const totals = { accepted: 0, refused: 0, thinned: 0, fields: 0, harvestDm2: 0, sowDm2: 0 };
  let fixes = 0;
  const byMachine = new Map<string, string[]>();
  for (const { machine, outbox } of await log.outboxes()) byMachine.set(machine, [...(byMachine.get(machine) ?? []), outbox]);
  for (const machine of [...byMachine.keys()].sort()) {
    const outboxes: OutboxDigest[] = [];
    for (const outbox of byMachine.get(machine)!) outboxes.push(await digestOfOutbox(log.ofOutbox(machine, outbox), fold));
    if (outboxes.every(outbox => outbox.batches === 0)) continue;
    outboxes.sort((a, b) => a.firstTime - b.firstTime || (a.sha256 < b.sha256 ? -1 : 1));
    fixHash.update(`${machine}\n`);
    for (const outbox of outboxes) {
      if (outbox.batches === 0) continue;
      fixHash.update(`${outbox.sha256}\n`);
      fixes += outbox.fixes;
      totals.refused += outbox.refused;
      totals.thinned += outbox.thinned;
    }
  }
  totals.accepted = fixes - totals.refused;
  const coverageHash = createHash('sha256');
  for (const key of [...fold.results.keys()].sort()) {
    // What a person says of a field is in no fix.
    const known = fold.results.get(key)!;
    const result = known.byRule ?? known;
    coverageHash.update(`${key} ${JSON.stringify(result)}\n`);
    totals.fields++;
    totals[key.endsWith('|sow') ? 'sowDm2' : 'harvestDm2'] += result.coveredDm2;
  }
  return { fixes, fixSha256: fixHash.digest('hex'), coverageSha256: coverageHash.digest('hex'), totals };
}

async function digestOfOutbox(batches: AsyncIterable<StoredBatch>, fold: FoldToRead): Promise<OutboxDigest> {
  const hash = createHash('sha256');
  const found = { firstTime: Number.POSITIVE_INFINITY, fixes: 0, refused: 0, thinned: 0, batches: 0 };
  // A run of thinned seqs may go on in the next batch.
  let run: [from: number, to: number] | null = null;
  const endRun = (): void => {
    if (run) hash.update(`${run[0]}-${run[1]} thinned\n`);
    run = null;
  };
  for await (const batch of batches) {
    if (!fold.holds(batch._id, batch.lastTime)) continue;
    found.batches++;
    for (const entry of entriesOf(batch)) {
      if ('to' in entry) {
        if (run && run[1] + 1 !== entry.seq) endRun();
        run = [run?.[0] ?? entry.seq, entry.to];
        found.thinned += entry.to - entry.seq + 1;
        continue;
      }
      endRun();
      hash.update(`${entry.line}\n`);
      found.fixes++;
      if (entry.fixTime !== null) found.firstTime = Math.min(found.firstTime, entry.fixTime);
    }
    found.refused += batch.refused?.length ?? 0;
  }
  endRun();
  return { ...found, sha256: hash.digest('hex') };
}

type Entry = { seq: number; line: string; fixTime: number | null } | { seq: number; to: number };

/** What a batch holds, in order of seq. */
function entriesOf(batch: StoredBatch): Entry[] {
  const refused = new Map((batch.refused ?? []).map(one => [one.seq, one]));
  const entries: Entry[] = (batch.thinned ?? []).map(([seq, to]) => ({ seq, to }));
  for (const fix of unpackFixes(batch.packed)) {
    const line = `${JSON.stringify(rowOfFix(fix))} ${refused.get(fix.seq)?.reasons.join() ?? ''}`;
    entries.push({ seq: fix.seq, line, fixTime: fix.fixTime });
  }
  for (const { seq, raw, reasons } of refused.values())
    if (raw !== undefined) entries.push({ seq, line: `${raw} ${reasons.join()}`, fixTime: null });
  return entries.sort((a, b) => a.seq - b.seq);
}
