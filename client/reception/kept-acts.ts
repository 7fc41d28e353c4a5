import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { PermitApplication } from '../../shared/permit.ts';
import type { VisitEntryInput } from '../../shared/reception.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import type { AccidentInput } from '../../shared/safety.ts';

/** Something that was written down here and that the server does not have yet. Its id is made here, so that a retry is the same. */
export type Act = { owner: string /** The server's sentence, when it did not take it. */; refused: string | null; at: number } & (
  | { kind: 'entry'; id: string; body: VisitEntryInput }
  | { kind: 'accident'; id: string; body: AccidentInput }
  | { kind: 'permit'; id: string; body: PermitApplication }
);

/** The page's last answer, by which it opens without a network. */
export interface Seen {
  owner: string;
  at: number;
  answer: RouteOutput<'reception'>;
}

interface Shelves extends DBSchema {
  acts: { key: string; value: Act };
  seen: { key: string; value: Seen };
}

/** IndexedDB of this browser. Without it (a private window) what is not sent lives as long as the page. */
export class KeptActs {
  private constructor(private readonly database: IDBPDatabase<Shelves> | null) {}

  static async open(): Promise<KeptActs> {
    try {
      const upgrade = (database: IDBPDatabase<Shelves>) => {
        database.createObjectStore('acts', { keyPath: 'id' });
        database.createObjectStore('seen', { keyPath: 'owner' });
      };
      return new KeptActs(await openDB<Shelves>('reception', 1, { upgrade }));
    } catch {
      return new KeptActs(null);
    }
  }

  get isLasting(): boolean {
    return this.database !== null;
  }

  /** In the order in which they were written: a visit's check-in goes first. */
  async of(owner: string): Promise<Act[]> {
    const acts = (await this.database?.getAll('acts')) ?? [];
    return acts.filter(act => act.owner === owner).sort((a, b) => a.at - b.at);
  }
  put = async (act: Act): Promise<void> => void (await this.database?.put('acts', act));
  drop = async (id: string): Promise<void> => this.database?.delete('acts', id);

  seen = async (owner: string): Promise<Seen | undefined> => this.database?.get('seen', owner);
  keepSeen = async (seen: Seen): Promise<void> => void (await this.database?.put('seen', seen));
}
