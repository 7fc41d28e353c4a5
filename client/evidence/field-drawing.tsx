import type { EvidencePicture } from '../../shared/evidence.ts';
import type { Polygon } from '../../shared/registry.ts';
import { boundaryPath, boxOf, scaleBarM, trackPath, trackStyle, trackWidthPx } from './drawing.ts';

export interface DrawingParts {
  picture: EvidencePicture;
  polygon: Polygon;
  /** The cells as a picture. */
  cells: string;
  /** Working width. */
  passM: number;
}

/** What both the map and the paper show: ground, boundary, ways. In metres. */
export function FieldLines({ picture, polygon, cells, passM }: DrawingParts) {
  const trackPx = trackWidthPx(picture, passM);
  const boundary = boundaryPath(polygon, picture);
  return (
    <>
      <image
        href={cells}
        x="0"
        y="0"
        width={picture.width * picture.cellM}
        height={picture.height * picture.cellM}
        preserveAspectRatio="none"
        style="image-rendering: pixelated"
      />
      <g class="drawing__tracks" fill="none">
        {picture.tracks.map(({ machine, runs }) => {
          const { colour, dash } = trackStyle(machine);
          const path = trackPath(runs, picture);
          return (
            <path
              key={machine}
              d={path}
              stroke={colour}
              stroke-width={trackPx}
              stroke-dasharray={dash}
              vector-effect="non-scaling-stroke"
            />
          );
        })}
      </g>
      <path d={boundary} fill="none" stroke="#ffffff" stroke-width="4" vector-effect="non-scaling-stroke" />
      <path d={boundary} fill="none" stroke="#000000" stroke-width="1.8" vector-effect="non-scaling-stroke" />
    </>
  );
}

/** For paper: with north and a scale of its own. */
export function FieldDrawing({ label, north, ...parts }: DrawingParts & { label: string; north: string }) {
  const box = boxOf(parts.picture);
  const bar = scaleBarM(box.width);
  // Letters and strokes as large as the drawing asks for, whatever the field's size.
  const unit = Math.max(box.width, box.height) / 100;
  const foot = box.y + box.height + 5 * unit;
  return (
    <svg class="drawing" role="img" aria-label={label} viewBox={`${box.x} ${box.y} ${box.width} ${box.height + 6 * unit}`}>
      <FieldLines {...parts} />
      <g stroke="#000000" stroke-width={unit / 3} fill="none">
        <path d={`M${box.x + unit} ${foot - unit}v${unit}h${bar}v${-unit}`} />
      </g>
      <text x={box.x + bar + 2.5 * unit} y={foot} font-size={3 * unit}>
        {bar} m
      </text>
      <path d={northArrow(box.x + box.width - 3 * unit, foot, unit)} fill="#000000" />
      <text x={box.x + box.width - 9 * unit} y={foot} font-size={3 * unit}>
        {north}
      </text>
    </svg>
  );
}

const northArrow = (x: number, foot: number, unit: number): string =>
  `M${x} ${foot - 5 * unit}l${1.4 * unit} ${5 * unit}l${-1.4 * unit} ${-1.2 * unit}l${-1.4 * unit} ${1.2 * unit}Z`;
