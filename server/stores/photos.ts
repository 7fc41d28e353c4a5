import mongoose from 'mongoose';
import type { Connection } from './connection.ts';
import { DURABLE, modelOn } from './connection.ts';

/** A photo of a repair, as the program itself encoded it. */
export interface Photo {
  _id: string;
  repair: string;
  jpeg: Uint8Array;
  at: number;
  author: string;
}

const shape = { _id: String, repair: String, jpeg: Buffer, at: Number, author: String } satisfies Record<keyof Photo, object>;

export class PhotoStore {
  private readonly photos;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Photo', shape, { collection: 'photos', versionKey: false });
    this.photos = model.collection as unknown as mongoose.mongo.Collection<Omit<Photo, 'jpeg'> & { jpeg: mongoose.mongo.Binary }>;
  }

  /** The same photo once more replaces itself. */
  put = async ({ jpeg, ...photo }: Photo): Promise<void> => {
    const bytes = new mongoose.mongo.Binary(jpeg);
    await this.photos.replaceOne({ _id: photo._id }, { ...photo, jpeg: bytes }, { upsert: true, ...DURABLE });
  };

  async find(id: string): Promise<Photo | null> {
    const photo = await this.photos.findOne({ _id: id });
    return photo && { ...photo, jpeg: photo.jpeg.buffer };
  }

  remove = async (id: string): Promise<void> => {
    await this.photos.deleteOne({ _id: id }, DURABLE);
  };
}
