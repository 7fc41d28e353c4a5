import mongoose from 'mongoose';

/** Raised when a document's shape changes in a way that an older program could not read; `upgrade.ts` has a step for each. */
export const SCHEMA_VERSION = 3;

export type Connection = mongoose.Connection;

/** A majority of the members, and each in its journal: what survives a kill. */
export const DURABLE = { writeConcern: { w: 'majority', j: true } } as const;

export async function connectStores(uri: string): Promise<Connection> {
  return mongoose
    .createConnection(uri, {
      serverSelectionTimeoutMS: 15_000,
      autoIndex: false,
      autoCreate: false,
      maxPoolSize: 20,
      w: 'majority',
      journal: true,
      // What is read must outlive a kill too: a batch may be there whose write, begun by a program before this one, is not durable yet.
      readConcernLevel: 'majority',
    })
    .asPromise();
}

/** Work that belongs together: all of it is stored, or nothing. */
export type Within = mongoose.mongo.ClientSession;
export const inTransaction = <T>(connection: Connection, work: (within: Within) => Promise<T>): Promise<T> =>
  connection
    .getClient()
    .withSession(within => within.withTransaction(() => work(within), { ...DURABLE, readConcern: { level: 'majority' } }));

/** The model of that name on the connection, made at the first call. */
export const modelOn = <T>(connection: Connection, name: string, shape: object, options: mongoose.SchemaOptions): mongoose.Model<T> =>
  (connection.models[name] ??
    connection.model(name, new mongoose.Schema(shape as mongoose.SchemaDefinition, options as never))) as unknown as mongoose.Model<T>;

/** What a database is, written once when it is created. */
export interface Mark {
  _id: 'database';
  /** A demonstration or a real one. */
  demo: boolean;
  schemaVersion: number;
  createdAt: number;
  /** Of a demonstration: what its season is made from, where that was chosen. */
  madeFrom?: MadeFrom;
}

export interface MadeFrom {
  /** 1 is the full city. */
  scale: number;
  seed: number;
}

/** Null: the database is empty. */
export async function readMark(connection: Connection): Promise<Mark | null> {
  return connection.collection<Mark>('marks').findOne({ _id: 'database' });
}

/** A restore was begun here and did not come to its end. */
export async function isHalfRestored(connection: Connection): Promise<boolean> {
  return (await connection.collection<{ _id: string }>('marks').findOne({ _id: 'restoring' })) !== null;
}

export async function writeMark(connection: Connection, demo: boolean, createdAt: number, madeFrom?: MadeFrom): Promise<void> {
  const mark: Mark = { _id: 'database', demo, schemaVersion: SCHEMA_VERSION, createdAt, ...(madeFrom && { madeFrom }) };
  await connection.collection<Mark>('marks').insertOne(mark, DURABLE);
}
