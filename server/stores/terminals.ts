import type { Terminal } from '../../shared/terminal.ts';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** A terminal as it is kept; the code itself is with the terminal alone. */
export interface StoredTerminal extends Terminal {
  /** sha256 of the code that it was given when it last registered, and of the one before. */
  codeHashes: string[];
}

const shape = {
  number: String,
  machine: String,
  datum: String,
  enrolledAt: Number,
  author: String,
  codeHashes: [String],
} satisfies Record<keyof StoredTerminal, object>;

export class TerminalStore {
  private readonly terminals;

  constructor(connection: Connection) {
    this.terminals = modelOn<StoredTerminal>(connection, 'Terminal', shape, {
      collection: 'terminals',
      versionKey: false,
      minimize: false,
    });
  }

  async prepare(): Promise<void> {
    await this.terminals.collection.createIndex({ number: 1 }, { unique: true });
  }

  all = (): Promise<StoredTerminal[]> => this.terminals.find({}, { _id: 0 }).lean<StoredTerminal[]>().exec();
  put = async (terminal: StoredTerminal): Promise<void> => {
    await this.terminals.replaceOne({ number: terminal.number }, terminal, { upsert: true, ...DURABLE });
  };
  remove = async (number: string): Promise<void> => {
    await this.terminals.deleteOne({ number }, DURABLE);
  };
}
