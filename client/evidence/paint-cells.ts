import { unpackRuns } from '../../shared/cell-runs.ts';
import { CELL, type EvidencePicture } from '../../shared/evidence.ts';
import type { Operation } from '../../shared/season.ts';

type Colour = readonly [red: number, green: number, blue: number];
/** Paper colours: light enough that black lines stand on them, apart from each other in grey as well. */
export const CELL_COLOURS: Record<Operation, { covered: Colour; closed: Colour }> = {
  harvest: { covered: [222, 200, 152], closed: [244, 233, 205] },
  sow: { covered: [168, 211, 178], closed: [216, 238, 220] },
};
const OPEN: Colour = [255, 255, 255];
const HATCH: Colour = [58, 50, 40];
const HATCH_PX = 6;
const HATCH_STROKE_PX = 3;
const MOST_PX = 1400;

/** The cells as a picture, north at the top; overlap is hatched, so that it is told apart in black and white. */
export function cellImage(picture: EvidencePicture, operation: Operation): string {
  const { width, height } = picture;
  const scale = Math.max(1, Math.min(8, Math.floor(MOST_PX / Math.max(width, height))));
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const ctx = canvas.getContext('2d')!;
  const image = ctx.createImageData(canvas.width, canvas.height);
  paint(image, unpackRuns(picture.runs, width * height), { width, height, scale, colours: CELL_COLOURS[operation] });
  ctx.putImageData(image, 0, 0);
  return canvas.toDataURL('image/png');
}

interface Painting {
  width: number;
  height: number;
  scale: number;
  colours: (typeof CELL_COLOURS)[Operation];
}

function paint({ data, width: across }: ImageData, cells: Uint8Array, { width, height, scale, colours }: Painting): void {
  for (let py = 0; py < height * scale; py++) {
    const row = (height - 1 - Math.floor(py / scale)) * width;
    for (let px = 0; px < width * scale; px++) {
      const kind = cells[row + Math.floor(px / scale)];
      if (kind === CELL.outside) continue;
      const isStroke = kind === CELL.overlap && (px + py) % HATCH_PX < HATCH_STROKE_PX;
      const colour = isStroke ? HATCH : kind === CELL.open ? OPEN : kind === CELL.closed ? colours.closed : colours.covered;
      const at = (py * across + px) * 4;
      data[at] = colour[0];
      data[at + 1] = colour[1];
      data[at + 2] = colour[2];
      data[at + 3] = 255;
    }
  }
}
