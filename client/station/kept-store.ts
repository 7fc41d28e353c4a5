import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
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

interface Shelves extends DBSchema {
  repairs: { key: string; value: Kept };
  photos: { key: string; value: KeptPhoto };
}

/** Where what is not sent yet outlives a reload: IndexedDB of this browser. Without it (a private window) it lives as long as the page. */
export class KeptStore {
  private constructor(private readonly database: IDBPDatabase<Shelves> | null) {}

  static async open(): Promise<KeptStore> {
    try {
      const upgrade = (database: IDBPDatabase<Shelves>) => {
        database.createObjectStore('repairs', { keyPath: 'id' });
        database.createObjectStore('photos', { keyPath: 'key' });
      };
      return new KeptStore(await openDB<Shelves>('station', 1, { upgrade }));
    } catch {
      return new KeptStore(null);
    }
  }

  get isLasting(): boolean {
    return this.database !== null;
  }

  async of(owner: string): Promise<{ repairs: Kept[]; photos: KeptPhoto[] }> {
    const [repairs, photos] = await Promise.all([this.database?.getAll('repairs') ?? [], this.database?.getAll('photos') ?? []]);
    return { repairs: repairs.filter(kept => kept.owner === owner), photos: photos.filter(photo => photo.owner === owner) };
  }

  putRepair = async (kept: Kept): Promise<void> => void (await this.database?.put('repairs', kept));
  dropRepair = async (id: string): Promise<void> => this.database?.delete('repairs', id);
  putPhoto = async (photo: KeptPhoto): Promise<void> => void (await this.database?.put('photos', photo));
  dropPhoto = async (key: string): Promise<void> => this.database?.delete('photos', key);
}
