import type { EvidencePicture } from '../../shared/evidence.ts';
import type { LngLat, Polygon } from '../../shared/registry.ts';

/** Ground shown around the field, metres. */
export const MARGIN_M = 12;

/** Metres east and south of the north-western corner of the field's box: as drawings go. */
export const toDrawing =
  ({ west, south, metresPerLng, metresPerLat, height, cellM }: EvidencePicture) =>
  ([lng, lat]: LngLat): [number, number] => [(lng - west) * metresPerLng, height * cellM - (lat - south) * metresPerLat];

const rounded = (metres: number): number => Math.round(metres * 100) / 100;
const line = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');

export function boundaryPath(polygon: Polygon, picture: EvidencePicture): string {
  const place = toDrawing(picture);
  return polygon.coordinates.map(ring => `${line(ring.map(place))}Z`).join('');
}

/** One machine's ways; each run holds x, y in decimetres from the south-western corner, then steps. */
export function trackPath(runs: readonly (readonly number[])[], { height, cellM }: EvidencePicture): string {
  return runs
    .map(run => {
      const points: [number, number][] = [];
      let [x, y] = [0, 0];
      for (let i = 0; i + 1 < run.length; i += 2) {
        x += run[i] / 10;
        y += run[i + 1] / 10;
        points.push([x, height * cellM - y]);
      }
      return line(points);
    })
    .join('');
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export const boxOf = ({ width, height, cellM }: EvidencePicture): Box => ({
  x: -MARGIN_M,
  y: -MARGIN_M,
  width: width * cellM + 2 * MARGIN_M,
  height: height * cellM + 2 * MARGIN_M,
});

/** South-west and north-east of the box. */
export function cornersOf(picture: EvidencePicture): [LngLat, LngLat] {
  const { west, south, metresPerLng, metresPerLat } = picture;
  const { width, height } = boxOf(picture);
  const [lng, lat] = [west - MARGIN_M / metresPerLng, south - MARGIN_M / metresPerLat];
  return [
    [lng, lat],
    [lng + width / metresPerLng, lat + height / metresPerLat],
  ];
}

/** A round length of about a quarter of the drawing: 1, 2 or 5 of some power of ten. */
export function scaleBarM(widthM: number): number {
  const wanted = widthM / 4;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const digit = [5, 2, 1].find(each => each * power <= wanted) ?? 1;
  return digit * power;
}

/** Of the drawing on a sheet, CSS pixels. */
const DRAWN_PX = 640;
/** Where passes lie close together on paper the lines get thinner: the ground must be seen between them. */
export function trackWidthPx(picture: EvidencePicture, passM: number): number {
  const { width, height } = boxOf(picture);
  const passPx = (passM * DRAWN_PX) / Math.max(width, height);
  return Math.max(0.15, Math.min(1.1, passPx / 4));
}

/** Told apart by stroke as well as by colour: 3 : 1 at least on the paper's colours. */
export const TRACK_STYLES = [
  { colour: '#00538a', dash: undefined },
  { colour: '#9c2a00', dash: '7 3' },
  { colour: '#5c1a66', dash: '2 3' },
  { colour: '#1d4d1f', dash: '9 3 2 3' },
  { colour: '#000000', dash: '4 2' },
] as const;
export const trackStyle = (machine: number) => TRACK_STYLES[machine % TRACK_STYLES.length];
