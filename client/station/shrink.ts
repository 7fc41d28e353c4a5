import { MOST_PHOTO_BYTES, PHOTO_SIDE } from '../../shared/photo.ts';

const QUALITIES = [0.8, 0.6, 0.4];

/**
 * A photo as it is sent: at most so many pixels a side, upright, drawn anew, so that nothing but the picture leaves the phone. What this
 * browser cannot open goes as it is where it is small enough, for the server to judge; null: it is not.
 */
export async function shrunk(file: Blob, side = PHOTO_SIDE): Promise<ArrayBuffer | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null) return file.size <= MOST_PHOTO_BYTES ? file.arrayBuffer() : null;
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of QUALITIES) {
    const jpeg = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (jpeg && jpeg.size <= MOST_PHOTO_BYTES) return jpeg.arrayBuffer();
  }
  return null;
}
