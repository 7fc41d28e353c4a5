import type { ImportReason } from '../../../shared/imports.ts';

/** A feature that is bad before anybody judges it, by its number from 1. */
export type Refused = [row: number, reason: ImportReason, detail: string];

/** Collects features as the bytes of a GeoJSON FeatureCollection, the form in which fields are judged. */
export class FeatureWriter {
  readonly refused: Refused[] = [];
  private readonly parts: Buffer[] = [Buffer.from('{"type":"FeatureCollection","features":[')];
  private count = 0;

  add(properties: Record<string, unknown>, geometry: unknown): void {
    const text = JSON.stringify({ type: 'Feature', properties, geometry });
    this.parts.push(Buffer.from(this.count++ === 0 ? text : `,${text}`));
  }

  /** One of which nothing can be made. */
  refuse(properties: Record<string, unknown>, reason: ImportReason, detail = ''): void {
    this.add(properties, null);
    this.refused.push([this.count, reason, detail]);
  }

  bytes(): Uint8Array {
    return Buffer.concat([...this.parts, Buffer.from(']}')]);
  }
}
