import { Transformer } from '@napi-rs/image';
import { PHOTO_SIDE } from '../../shared/photo.ts';
import { Refusal } from '../../shared/reply.ts';
import { imageHead } from '../domain/image-head.ts';

/** A small file may claim to be a huge picture: what is larger than this is never decoded. */
const MOST_PIXELS = 40_000_000;
const JPEG_QUALITY = 80;
const INSIDE = 2;

/**
 * Any JPEG, PNG or WebP as a JPEG of at most 1600 pixels a side, turned upright. Only the pixels go over: where and with what it was
 * taken stays behind. Throws `invalid` in words for what is no whole picture.
 */
export async function reEncoded(bytes: Uint8Array): Promise<Uint8Array> {
  const head = imageHead(bytes);
  if (!head) throw new Refusal('invalid', 'photo: this is not a JPEG, PNG or WebP picture; choose another file');
  if (head.width === 0 || head.height === 0 || !head.isWhole) throw cutOff();
  if (head.width * head.height > MOST_PIXELS) {
    throw new Refusal('invalid', `photo: ${head.width} × ${head.height} pixels are too many; at most 40 million, make it smaller`);
  }
  const picture = new Transformer(bytes).rotate();
  if (Math.max(head.width, head.height) > PHOTO_SIDE) picture.resize(PHOTO_SIDE, PHOTO_SIDE, undefined, INSIDE);
  try {
    return await picture.jpeg(JPEG_QUALITY);
  } catch {
    throw cutOff();
  }
}

const cutOff = (): Refusal => new Refusal('invalid', 'photo: the picture is cut off or damaged; take it again');
