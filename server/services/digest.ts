import { createHash } from 'node:crypto';
import type { Fix } from '../../shared/fix.ts';
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

/** One outbox without its random id: a line per fix, with what was refused and thinned. */
interface OutboxContent {
  firstTime: number;
  lines: string[];
  refused: number;
  thinned: number;
}

/**
 * What is stored, as two hashes.
 * `fixSha256`: machines by id; a machine's outboxes by their first fixTime, then by content; fixes by seq, each as the JSON of its row
 * followed by its reasons of refusal, and each thinned seq. `coverageSha256`: fields and operations by key, each as the JSON of its result.
 * Neither the outbox id nor batches, times of arrival or order of arrival enter.
 */
export async function digestOf(log: LogToRead, fold: Fold): Promise<Digest> {
  const fixHash = createHash('sha256');
  const totals = { accepted: 0, refused: 0, thinned: 0, fields: 0, harvestDm2: 0, sowDm2: 0 };
  let fixes = 0;
  const byMachine = new Map<string, string[]>();
  for (const { machine, outbox } of await log.outboxes()) byMachine.set(machine, [...(byMachine.get(machine) ?? []), outbox]);
  for (const machine of [...byMachine.keys()].sort()) {
    const contents: OutboxContent[] = [];
    for (const outbox of byMachine.get(machine)!) contents.push(await contentOf(log, machine, outbox));
    contents.sort((a, b) => a.firstTime - b.firstTime || (a.lines.join() < b.lines.join() ? -1 : 1));
    fixHash.update(`${machine}\n`);
    for (const content of contents) {
      fixHash.update(`${content.lines.join('\n')}\n\n`);
      fixes += content.lines.length - content.thinned;
      totals.refused += content.refused;
      totals.thinned += content.thinned;
    }
  }
  totals.accepted = fixes - totals.refused;
  const coverageHash = createHash('sha256');
  for (const key of [...fold.results.keys()].sort()) {
    const result = fold.results.get(key)!;
    coverageHash.update(`${key} ${JSON.stringify(result)}\n`);
    totals.fields++;
    totals[key.endsWith('|sow') ? 'sowDm2' : 'harvestDm2'] += result.coveredDm2;
  }
  return { fixes, fixSha256: fixHash.digest('hex'), coverageSha256: coverageHash.digest('hex'), totals };
}

async function contentOf(log: LogToRead, machine: string, outbox: string): Promise<OutboxContent> {
  const content: OutboxContent = { firstTime: Number.POSITIVE_INFINITY, lines: [], refused: 0, thinned: 0 };
  for await (const batch of log.ofOutbox(machine, outbox)) addBatch(content, batch);
  return content;
}

function addBatch(content: OutboxContent, batch: StoredBatch): void {
  const lines = new Map<number, string>();
  const reasons = new Map((batch.refused ?? []).map(one => [one.seq, one]));
  const lineOf = (fix: Fix) => `${JSON.stringify(rowOfFix(fix))} ${reasons.get(fix.seq)?.reasons.join() ?? ''}`;
  for (const fix of unpackFixes(batch.packed)) {
    lines.set(fix.seq, lineOf(fix));
    content.firstTime = Math.min(content.firstTime, fix.fixTime);
  }
  for (const { seq, raw, reasons: why } of batch.refused ?? []) if (raw !== undefined) lines.set(seq, `${raw} ${why.join()}`);
  for (const [from, to] of batch.thinned ?? []) for (let seq = from; seq <= to; seq++) lines.set(seq, `${seq} thinned`);
  for (const seq of [...lines.keys()].sort((a, b) => a - b)) content.lines.push(lines.get(seq)!);
  content.refused += reasons.size;
  for (const [from, to] of batch.thinned ?? []) content.thinned += to - from + 1;
}
