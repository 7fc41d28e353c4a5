import type mongoose from 'mongoose';
import type { Machine } from '../../shared/registry.ts';
import type { Connection } from './connection.ts';

export type MachineSort = 'plate' | 'id' | 'kind' | 'division' | 'operatorName' | 'operatorPhone';

/** Which machines: `divisions` null is all; `start` begins the plate, the id, the operator's name or, where `byPhone`, the phone. */
export interface MachineWish {
  divisions: readonly string[] | null;
  start: string;
  byPhone: boolean;
  kind: Machine['kind'] | undefined;
  withOperator: boolean;
}
export interface MachineOrder {
  sort: MachineSort;
  desc: boolean;
  from: number;
  /** 0: as many as there are. */
  size: number;
}

/** So many are taken over from the database at a time: between them others are served. */
const BATCH = 5000;

const sorted = ['plate', 'kind', 'division', 'operatorName', 'operatorPhone'] as const;

/**
 * Which machines stand on a page of a long list. The database finds and sorts them, in a process of its own: with a quarter of a million
 * the serving thread would stand still meanwhile.
 */
export class MachineList {
  private readonly machines;

  constructor(connection: Connection) {
    this.machines = connection.collection<Machine>('machines');
  }

  async prepare(): Promise<void> {
    for (const field of sorted) await this.machines.createIndex({ [field]: 1, id: 1 });
    // What somebody of a county sees first.
    await this.machines.createIndex({ division: 1, plate: 1, id: 1 });
  }

  async page(wish: MachineWish, { sort, desc, from, size }: MachineOrder): Promise<{ total: number; ids: string[] }> {
    const query = queryOf(wish);
    const direction = desc ? -1 : 1;
    const isAll = Object.keys(query).length === 0;
    const found = this.machines
      .find(query, { projection: { _id: 0, id: 1 } })
      .sort(sort === 'id' ? { id: direction } : { [sort]: direction, id: direction })
      .skip(from)
      .limit(size)
      .batchSize(BATCH);
    const [total, page] = await Promise.all([
      isAll ? this.machines.estimatedDocumentCount() : this.machines.countDocuments(query),
      found.toArray(),
    ]);
    return { total, ids: page.map(({ id }) => id) };
  }

  /** Who has this plate. */
  ofPlate = async (plate: string): Promise<string | null> =>
    (await this.machines.findOne({ plate }, { projection: { _id: 0, id: 1 } }))?.id ?? null;
}

function queryOf({ divisions, start, byPhone, kind, withOperator }: MachineWish): mongoose.mongo.Filter<Machine> {
  const begins = (text: string) => ({ $regex: `^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` });
  const starts = [
    { plate: begins(start.toUpperCase()) },
    { id: begins(start) },
    { operatorName: begins(start) },
    ...(byPhone ? [{ operatorPhone: begins(start) }] : []),
  ];
  return {
    ...(divisions && { division: { $in: [...divisions] } }),
    ...(kind && { kind }),
    ...(withOperator && { operatorName: { $gt: '' } }),
    ...(start !== '' && { $or: starts }),
  };
}
