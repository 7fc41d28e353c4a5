import type { ImportKind, ImportReport, ListKind } from '../../../shared/imports.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { Fields } from '../fields.ts';
import { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { Requests } from '../requests.ts';
import type { SeasonLists } from '../season-lists.ts';
import { changesOf } from './changes.ts';
import { judgeContracts } from './contracts.ts';
import { judgeFields } from './fields.ts';
import type { Judged } from './judged.ts';
import { judgeMachines } from './machines.ts';
import { judgeOutlines } from './outlines.ts';
import { judgeStations } from './stations.ts';
import { judgeUnits } from './units.ts';

export interface ImportWish {
  kind: ImportKind;
  bytes: Uint8Array;
  apply: boolean;
  fileName: string;
  author: string;
  now: number;
  /** Hears of each record that an applied file made or changed. */
  noted?: (object: string, before: unknown, after: unknown) => void;
}

/** Lists from files. The report and the change are made by the same reading, one file at a time. */
export class Imports {
  constructor(private readonly deps: { registry: Registry; fields: Fields; lists: SeasonLists; requests: Requests }) {}

  run(wish: ImportWish): Promise<ImportReport> {
    return this.deps.fields.inTurn(async () => {
      this.needGround(wish);
      const pace = new Pace();
      const judged = await this.judge(wish, pace);
      const { findings } = judged;
      if (wish.apply) {
        if (findings.listed.length > 0)
          throw new Refusal(
            'invalid',
            `file: ${findings.badRows} rows are bad, so nothing was imported; check it without apply to see them`,
          );
        const changes = wish.noted ? changesOf(judged, this.deps) : [];
        if (judged.requests) await this.deps.requests.takeAll(judged.requests);
        else await this.deps.lists.take(judged.change, pace);
        for (const { object, before, after } of changes) wish.noted?.(object, before, after);
      }
      return reportOf(wish, judged);
    });
  }

  private needGround({ kind, bytes }: ImportWish): void {
    const { season, divisions } = this.deps.registry;
    if (!season) throw new Refusal('conflict', 'there is no season yet: create it first');
    if (season.closedAt !== undefined) throw new Refusal('conflict', 'the season is closed: nothing of it changes any more');
    if (season.demo) throw new Refusal('conflict', 'the demonstration season is made, not imported');
    if (kind !== 'units' && divisions.size === 0) throw new Refusal('conflict', 'there are no units yet: import them first');
    if (bytes.length === 0) throw new Refusal('invalid', 'file: it is empty');
  }

  private judge({ kind, bytes, fileName, author, now }: ImportWish, pace: Pace): Promise<Judged> {
    const { registry } = this.deps;
    if (kind === 'units') return judgeUnits(bytes, { registry, pace, author, now });
    if (kind === 'machines') return judgeMachines(bytes, { registry, pace, now });
    if (kind === 'contracts') return judgeContracts(bytes, { registry, requests: this.deps.requests, pace, author });
    if (kind === 'stations') return judgeStations(bytes, { registry, pace });
    if (kind === 'outlines') return judgeOutlines(bytes, { registry, pace, source: fileName });
    return judgeFields(bytes, { registry, pace });
  }
}

export function reportOf(
  { kind, apply }: { kind: ListKind; apply: boolean },
  { rows, findings, counts, absent, encoding, preview }: Omit<Judged, 'change'>,
): ImportReport {
  return {
    kind,
    applied: apply,
    rows,
    good: counts.new + counts.changed + counts.same,
    badRows: findings.badRows,
    bad: findings.listed.sort((a, b) => a.row - b.row),
    ...counts,
    absent,
    encoding,
    preview,
  };
}
