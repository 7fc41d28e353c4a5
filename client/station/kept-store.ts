import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { CallName } from '../connection/http.ts';
import type { Kept } from './kept.ts';

/** A photo that the server does not have yet, made small already. */
export interface KeptPhoto {
  key: string;
  repair: string;
  owner: string;
  bytes: ArrayBuffer;
  /** The server's sentence, when it refused it. */
  refused: string | null;
}

/** One act beside repairs, whose id was made here, so that sending it again is the same act: a part used, a transfer, a tick. */
export interface Deed {
  id: string;
  owner: string;
  /** When it was done, by this browser's clock: they are sent in this order. */
  at: number;
  route: CallName;
  params: Record<string, string>;
  body: Record<string, unknown>;
  /** The server's sentence, when it refused it. */
  refused: string | null;
}

/** An answer as it was last heard, for a page that opens without a network. */
export interface Copy {
  key: string;
  heardAt: number;
  value: unknown;
}

interface Shelves extends DBSchema {
  repairs: { key: string; value: Kept };
  photos: { key: string; value: KeptPhoto };
  deeds: { key: string; value: Deed };
  copies: { key: string; value: Copy };
}

/** Where what is not sent yet outlives a reload: IndexedDB of this browser. Without it (a private window) it lives as long as the page. */
export class KeptStore {
  private constructor(private readonly database: IDBPDatabase<Shelves> | null) {}

  static async open(): Promise<KeptStore> {
    try {
      const upgrade = (database: IDBPDatabase<Shelves>, from: number) => {
        if (from < 1) {
          database.createObjectStore('repairs', { keyPath: 'id' });
          database.createObjectStore('photos', { keyPath: 'key' });
        }
        if (from < 2) {
          database.createObjectStore('deeds', { keyPath: 'id' });
          database.createObjectStore('copies', { keyPath: 'key' });
        }
      };
      return new KeptStore(await openDB<Shelves>('station', 2, { upgrade }));
    } catch {
      return new KeptStore(null);
    }
  }

  get isLasting(): boolean {
    return this.database !== null;
  }

  async of(owner: string): Promise<{ repairs: Kept[]; photos: KeptPhoto[]; deeds: Deed[] }> {
    const { database } = this;
    const all = [database?.getAll('repairs') ?? [], database?.getAll('photos') ?? [], database?.getAll('deeds') ?? []] as const;
    const [repairs, photos, deeds] = await Promise.all(all);
    const isOwn = (one: { owner: string }) => one.owner === owner;
    return { repairs: repairs.filter(isOwn), photos: photos.filter(isOwn), deeds: deeds.filter(isOwn).sort((a, b) => a.at - b.at) };
  }

  putRepair = async (kept: Kept): Promise<void> => void (await this.database?.put('repairs', kept));
  dropRepair = async (id: string): Promise<void> => this.database?.delete('repairs', id);
  putPhoto = async (photo: KeptPhoto): Promise<void> => void (await this.database?.put('photos', photo));
  dropPhoto = async (key: string): Promise<void> => this.database?.delete('photos', key);
  putDeed = async (deed: Deed): Promise<void> => void (await this.database?.put('deeds', deed));
  dropDeed = async (id: string): Promise<void> => this.database?.delete('deeds', id);
  copyOf = async (key: string): Promise<Copy | undefined> => this.database?.get('copies', key);
  keepCopy = async (key: string, value: unknown): Promise<void> =>
    void (await this.database?.put('copies', { key, heardAt: Date.now(), value }));
}
