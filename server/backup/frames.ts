import { createHash } from 'node:crypto';
import type { Part } from '../stores/snapshot.ts';

/**
 * A backup: one line of JSON that says what it is; then frames, each begun by one byte: `C`, a length of two bytes and the name of a
 * collection; `D` and a document in BSON, which begins with its own length; at last `E`, a length of four bytes, and JSON with the documents
 * of each collection and the SHA-256 of every byte before the `E`. Numbers are little-endian; the whole is gzip.
 */
export const FORMAT = 'harvest-backup 1';

export interface BackupHeader {
  format: string;
  schemaVersion: number;
  demo: boolean;
  createdAt: number;
}
export interface BackupTrailer {
  counts: Record<string, number>;
  sha256: string;
}

const [COLLECTION, DOCUMENT, END] = [...'CDE'].map(letter => letter.charCodeAt(0));
const MOST_HEADER_BYTES = 10_000;
/** BSON allows 16 MB and a little for what the database adds. */
const MOST_FRAME_BYTES = 17 << 20;

/** The file is no backup, or not a whole one. */
export class NoBackup extends Error {}

export async function* framesOf(header: BackupHeader, parts: AsyncIterable<Part>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const counts: Record<string, number> = {};
  let name = '';
  const hashed = (bytes: Buffer): Buffer => {
    hash.update(bytes);
    return bytes;
  };
  yield hashed(Buffer.from(`${JSON.stringify(header)}\n`));
  for await (const part of parts) {
    if ('collection' in part) {
      name = part.collection;
      counts[name] = 0;
      const text = Buffer.from(name);
      const head = Buffer.from([COLLECTION, 0, 0]);
      head.writeUInt16LE(text.length, 1);
      yield hashed(Buffer.concat([head, text]));
    } else {
      counts[name]++;
      yield hashed(Buffer.concat([Buffer.from([DOCUMENT]), part.document]));
    }
  }
  const trailer: BackupTrailer = { counts, sha256: hash.digest('hex') };
  const text = Buffer.from(JSON.stringify(trailer));
  const head = Buffer.from([END, 0, 0, 0, 0]);
  head.writeUInt32LE(text.length, 1);
  yield Buffer.concat([head, text]);
}

/** Takes frames apart as their bytes arrive. */
class Reader {
  private held: Buffer = Buffer.alloc(0);
  private readonly hash = createHash('sha256');
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** So many bytes; null: there are no more at all. */
  async take(bytes: number): Promise<Buffer | null> {
    if (bytes > MOST_FRAME_BYTES) throw new NoBackup('it is damaged: a part of it is larger than any document');
    const pieces = [this.held];
    let have = this.held.length;
    while (have < bytes) {
      const { value, done } = await this.chunks.next();
      if (done) {
        if (have === 0) return null;
        throw new NoBackup('it is cut off');
      }
      pieces.push(value);
      have += value.length;
    }
    const all = pieces.length === 1 ? this.held : Buffer.concat(pieces);
    this.held = all.subarray(bytes);
    return all.subarray(0, bytes);
  }

  async hashed(bytes: number): Promise<Buffer> {
    const taken = await this.take(bytes);
    if (!taken) throw new NoBackup('it is cut off');
    this.hash.update(taken);
    return taken;
  }

  /** A byte that was taken to see what comes. */
  note(byte: number): void {
    this.hash.update(Buffer.from([byte]));
  }

  async header(): Promise<BackupHeader> {
    const line: Buffer[] = [];
    for (;;) {
      const byte = await this.hashed(1);
      if (byte[0] === 10) break;
      line.push(byte);
      if (line.length > MOST_HEADER_BYTES) throw new NoBackup('it is no backup of this program');
    }
    const header = parsed<BackupHeader>(Buffer.concat(line));
    if (header?.format !== FORMAT) throw new NoBackup('it is no backup of this program');
    return header;
  }

  /** Of everything that was taken with `hashed`. */
  digest = (): string => this.hash.digest('hex');
}

function parsed<Value>(bytes: Buffer): Value | null {
  try {
    return JSON.parse(bytes.toString()) as Value;
  } catch {
    // Not JSON: the caller says what that means.
    return null;
  }
}

/** Reads a backup: `header` is known at once; the parts end without a complaint only if the file is whole. */
export async function readFrames(chunks: AsyncIterable<Buffer>): Promise<{ header: BackupHeader; parts: AsyncGenerator<Part> }> {
  const reader = new Reader(chunks);
  return { header: await reader.header(), parts: partsOf(reader) };
}

async function* partsOf(reader: Reader): AsyncGenerator<Part> {
  const counts: Record<string, number> = {};
  let name = '';
  for (;;) {
    const kind = (await reader.take(1))?.[0];
    if (kind === END) break;
    if (kind !== COLLECTION && kind !== DOCUMENT) throw new NoBackup(kind === undefined ? 'it is cut off' : 'it is damaged');
    const part = await partOf(reader, kind);
    if ('collection' in part) {
      name = part.collection;
      counts[name] = 0;
    } else counts[name]++;
    yield part;
  }
  const length = await reader.take(4);
  const trailer = length && parsed<BackupTrailer>((await reader.take(length.readUInt32LE())) ?? Buffer.alloc(0));
  if (!trailer) throw new NoBackup('it is cut off');
  const isWhole = trailer.sha256 === reader.digest() && JSON.stringify(trailer.counts) === JSON.stringify(counts);
  if (!isWhole || (await reader.take(1))) throw new NoBackup('it is damaged: its hash is another');
}

async function partOf(reader: Reader, kind: number): Promise<Part> {
  reader.note(kind);
  if (kind === COLLECTION) return { collection: (await reader.hashed((await reader.hashed(2)).readUInt16LE())).toString() };
  const length = await reader.hashed(4);
  if (length.readInt32LE() < 5) throw new NoBackup('it is damaged');
  return { document: Buffer.concat([length, await reader.hashed(length.readInt32LE() - 4)]) };
}
