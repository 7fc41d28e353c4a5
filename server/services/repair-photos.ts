import { createHash } from 'node:crypto';
import { MOST_PHOTOS } from '../../shared/photo.ts';
import { Refusal } from '../../shared/reply.ts';
import type { Photo, PhotoStore } from '../stores/photos.ts';
import type { RepairStore } from '../stores/repairs.ts';
import { reEncoded } from './re-encode.ts';
import type { RepairChange, Repairs } from './repairs.ts';

/** Photos of repairs. One at a time is decoded: a picture of 40 million pixels takes some 120 MB while it is. */
export class RepairPhotos {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: { repairs: Repairs; store: RepairStore; photos: PhotoStore; now: () => number }) {}

  async find(id: string): Promise<Photo> {
    const photo = await this.deps.photos.find(id);
    if (!photo) throw new Refusal('notFound', `there is no photo ${id}`);
    return photo;
  }

  /** Named by what it shows, so that a photo sent again is the same one. */
  async add(repair: string, bytes: Uint8Array, author: string): Promise<RepairChange> {
    const before = await this.deps.repairs.find(repair);
    const id = createHash('sha256').update(repair).update(bytes).digest('hex').slice(0, 32);
    if (before.photos.includes(id)) return { before, after: before };
    if (before.photos.length >= MOST_PHOTOS) throw full();
    const jpeg = await this.inTurn(() => reEncoded(bytes));
    await this.deps.photos.put({ _id: id, repair, jpeg, at: this.deps.now(), author });
    const { repairs, store } = this.deps;
    const after = await repairs.save(before, () => store.addPhoto(repair, id, MOST_PHOTOS));
    if (!after) {
      await this.deps.photos.remove(id);
      throw full();
    }
    return { before, after };
  }

  async remove(repair: string, id: string): Promise<RepairChange> {
    const before = await this.deps.repairs.find(repair);
    if (!before.photos.includes(id)) return { before, after: before };
    const after = await this.deps.repairs.save(before, () => this.deps.store.removePhoto(repair, id));
    if (!after) throw new Refusal('notFound', `there is no repair ${repair}`);
    await this.deps.photos.remove(id);
    return { before, after };
  }

  private inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.turn.then(work, work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

const full = (): Refusal => new Refusal('invalid', `photo: a repair holds at most ${MOST_PHOTOS}; take one away first`);
