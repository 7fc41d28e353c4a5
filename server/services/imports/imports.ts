import type { CoordinateSystem, ImportKind, ImportReport, ListKind } from '../../../shared/imports.ts';
import type { Polygon } from '../../../shared/registry.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { Fields } from '../fields.ts';
import { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import type { Requests } from '../requests.ts';
import type { SeasonLists } from '../season-lists.ts';
import { changesOf } from './changes.ts';
import { judgeContracts } from './contracts.ts';
import { judgeFields } from './fields.ts';
import { groundFileOf } from './ground-file.ts';
import { GroundReader } from './ground-reader.ts';
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
  /** Of fields and outlines. */
  system?: CoordinateSystem;
  /** Of fields: the town of those that name none. */
  town?: string;
  author: string;
  now: number;
  /** In a running season: whether whoever brings it may write of a unit. */
  reaches?: (division: string) => boolean;
  /** Hears of each record that an applied file made or changed. */
  noted?: (object: string, before: unknown, after: unknown) => void;
}

/** Lists from files. The report and the change are made by the same reading, one file at a time. */
export class Imports {
  private readonly reader = new GroundReader();

  constructor(
    private readonly deps: {
      registry: Registry;
      fields: Fields;
      lists: SeasonLists;
      requests: Requests;
      /** Outlines of what machines worked outside of all fields. */
      workedGround: () => readonly Polygon[];
    },
  ) {}

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

  private needGround({ kind, bytes, reaches }: ImportWish): void {
    const { season, divisions } = this.deps.registry;
    if (!season) throw new Refusal('conflict', 'there is no season yet: create it first');
    if (season.closedAt !== undefined) throw new Refusal('conflict', 'the season is closed: nothing of it changes any more');
    if (season.demo && !reaches) throw new Refusal('conflict', 'the demonstration season is made, not imported');
    if (kind !== 'units' && divisions.size === 0) throw new Refusal('conflict', 'there are no units yet: import them first');
    if (bytes.length === 0) throw new Refusal('invalid', 'file: it is empty');
  }

  private async judge(
    { kind, bytes, fileName, author, now, system = 'file', town = '', reaches }: ImportWish,
    pace: Pace,
  ): Promise<Judged> {
    const { registry } = this.deps;
    if (kind === 'units') return judgeUnits(bytes, { registry, pace, author, now });
    if (kind === 'machines') return judgeMachines(bytes, { registry, pace, now, reaches });
    if (kind === 'contracts') return judgeContracts(bytes, { registry, requests: this.deps.requests, pace, author });
    if (kind === 'stations') return judgeStations(bytes, { registry, pace, reaches });
    const file = await groundFileOf({ bytes, wished: system }, this.reader);
    if (kind === 'outlines') return judgeOutlines(file, { registry, pace, source: fileName });
    return judgeFields(file, { registry, pace, town, workedGround: this.deps.workedGround });
  }
}

export function reportOf(
  { kind, apply }: { kind: ListKind; apply: boolean },
  { rows, findings, counts, absent, encoding, ground, preview }: Omit<Judged, 'change'>,
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
    ...(ground ? { ground } : {}),
    preview,
  };
}
