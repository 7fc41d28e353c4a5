import type { Fix } from '../../shared/fix.ts';
import type { Measurement } from '../../shared/measurement.ts';
import type { Implement } from '../../shared/registry.ts';
import type { Operation } from '../../shared/season.ts';
import { muOfM2 } from '../../shared/units.ts';
import { TOLERANCE_M } from './assignment.ts';
import { candidateFields } from './candidate-fields.ts';
import { isEdgeOfField } from './candidates/field-edge.ts';
import { FieldCoverage } from './coverage.ts';
import { type BandParts, type BandSource, bandOf, bandPartsOf, DRIFTING_PER_WIDTH, driftOf } from './error-band.ts';
import { FieldIndex, type FieldShape } from './field-index.ts';
import { boxOf } from './field-shape.ts';
import { metresBetween } from './local-frame.ts';
import { measuredWidthOf } from './measured-width.ts';
import { OpenGround } from './open-ground.ts';
import { OutboxFold } from './outbox-fold.ts';
import { areaM2Of } from './polygon-check.ts';
import type { Swath } from './swath.ts';
import { type FixLabel, labelTracks } from './track-labels.ts';
import { notesOn } from './track-notes.ts';

/** A track is one outbox of one machine: swaths never join two. */
export interface MeasuredTrack {
  track: string;
  /** Accepted fixes only, rising seq; at least one. */
  fixes: readonly Fix[];
}

export interface MeasureOptions {
  /** Parts of one field share its id. */
  fields: readonly FieldShape[];
  widthM: number | null;
  operation: Operation;
  live: boolean;
  /** So far the antenna sits ahead and to the right of the middle of the implement; over it when absent. */
  antenna?: Pick<Implement, 'antennaForwardM' | 'antennaRightM'>;
}

export interface Measured {
  answer: Measurement;
  /** Per track and fix. */
  labels: FixLabel[][];
}

/** Changes with every rule that can change a figure. */
export const MEASURE_METHOD = { name: 'passes and raster', version: '5' };

/** What the tracks cover of the fields, and of ground that no field is known for. */
export function measure(tracks: readonly MeasuredTrack[], options: MeasureOptions): Measured {
  const width = measuredWidthOf(tracks, options.widthM);
  const accuracies = tracks.flatMap(({ fixes }) => fixes.flatMap(fix => fix.accuracyM ?? []));
  const source = { widthSource: width.source, driftM: driftOf(accuracies, width.spacing) };
  // By their own word; what the passes of a field say is looked at field by field.
  const drifts = (driftOf(accuracies, null) ?? 0) > DRIFTING_PER_WIDTH * width.value || undefined;
  const inFields = foldInFields(tracks, options, { widthM: width.value, drifts });
  const labels = labelTracks(tracks, { options, width, inFields: inFields.states });
  const open = swathsOnOpenGround(tracks, { options, widthM: width.value, labels: labels.final });
  const ways = waysOf(tracks);
  const candidates = candidateFields(labels.regions, open, options.fields).filter(
    ({ polygon }) => !isEdgeOfField(polygon, ways, options.fields),
  );
  const notes = tracks.flatMap(track => notesOn(track, options.fields));
  const found = candidates.map(shape => candidateOf(shape, open));
  const distanceTimesWidthM2 = sum(
    tracks.map((track, i) => distanceTimesWidth(track.fixes, { widthM: width.value, labels: labels.final[i] })),
  );
  return {
    answer: {
      method: MEASURE_METHOD,
      fields: fieldsOf(options.fields, inFields.coverage, source),
      outsideFieldsM2:
        sum(found.map(({ coveredM2 }) => coveredM2)) + outsideM2([...inFields.swaths(), ...open], [...options.fields, ...candidates]),
      candidates: found,
      distanceTimesWidthM2,
      widthM: { value: width.value, source: width.source },
      ...(notes.length > 0 ? { notes } : {}),
    },
    labels: labels.asked,
  };
}

/** All that is known of a track, its pieces one after the other. */
function waysOf(tracks: readonly MeasuredTrack[]): Fix[][] {
  const ways = new Map<string, Fix[]>();
  for (const { track, fixes } of tracks) ways.set(track, [...(ways.get(track) ?? []), ...fixes]);
  return [...ways.values()];
}

/** The fold as it runs in the program: every track from its first fix to its last. */
function foldInFields(
  tracks: readonly MeasuredTrack[],
  options: MeasureOptions,
  { widthM, drifts }: { widthM: number; drifts: boolean | undefined },
) {
  const parts = options.fields.map((shape, i) => ({ ...shape, id: `${i}` }));
  const index = new FieldIndex(parts);
  // Only of fields that were worked: a list of fields may be that of a whole city.
  const coverage = new Map<string, FieldCoverage>();
  const emit = (shape: FieldShape, swath: Swath): void => {
    const own = coverage.get(shape.id) ?? new FieldCoverage(shape, { drifts });
    coverage.set(shape.id, own);
    own.add(swath);
  };
  const isIn = ({ lng, lat }: Fix, near: string | null): boolean => {
    if (index.at(lng, lat) !== null) return true;
    return near !== null && index.distanceM(index.get(near)!, lng, lat) <= TOLERANCE_M;
  };
  const states = tracks.map((track, i) => {
    const fold = foldOf(track, i, { options, widthM });
    return track.fixes.map(fix => {
      fold.take(fix, { index }, (shape, _operation, swath) => emit(shape, swath));
      return { workState: fold.workState, inField: isIn(fix, fold.fieldId) };
    });
  });
  const swaths = (): Swath[] => [...coverage.values()].flatMap(each => [...each.swaths()]);
  return { coverage, states, swaths };
}

const foldOf = (track: MeasuredTrack, i: number, { options, widthM }: { options: MeasureOptions; widthM: number }): OutboxFold =>
  new OutboxFold(
    { id: track.track, implements: [{ from: 0, operation: options.operation, workingWidthM: widthM, ...options.antenna }] },
    `track-${i}`,
  );

interface OpenWork {
  options: MeasureOptions;
  widthM: number;
  labels: readonly FixLabel[][];
}

/** The same fold over all the ground as if it were one field; where no switch says so, work is what the whole track shows to be work. */
function swathsOnOpenGround(tracks: readonly MeasuredTrack[], { options, widthM, labels }: OpenWork): Swath[] {
  const everywhere = groundAround(tracks);
  const index = new FieldIndex([everywhere]);
  const swaths: Swath[] = [];
  for (const [i, track] of tracks.entries()) {
    const fold = foldOf(track, i, { options, widthM });
    for (const [at, fix] of track.fixes.entries()) {
      const { inField, place } = labels[i][at];
      const working = inField ? 0 : (fix.working ?? (place === 'field' ? 1 : 0));
      fold.take({ ...fix, working }, { index }, (_shape, _operation, swath) => swaths.push(swath));
    }
  }
  return swaths;
}

function groundAround(tracks: readonly MeasuredTrack[]): FieldShape {
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const { fixes } of tracks) {
    for (const { lng, lat } of fixes) {
      box.west = Math.min(box.west, lng - 1e-3);
      box.south = Math.min(box.south, lat - 1e-3);
      box.east = Math.max(box.east, lng + 1e-3);
      box.north = Math.max(box.north, lat + 1e-3);
    }
  }
  const { west, south, east, north } = box;
  const ring: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { id: 'ground', polygon: { type: 'Polygon', coordinates: [ring] }, areaM2: areaM2Of({ type: 'Polygon', coordinates: [ring] }) };
}

function fieldsOf(fields: readonly FieldShape[], coverage: ReadonlyMap<string, FieldCoverage>, source: BandSource): Measurement['fields'] {
  const byId = new Map<string, { shape: FieldShape; part: FieldCoverage | undefined }[]>();
  for (const [i, shape] of fields.entries()) byId.set(shape.id, [...(byId.get(shape.id) ?? []), { shape, part: coverage.get(`${i}`) }]);
  return [...byId.keys()].map(fieldId => {
    const shapes = byId.get(fieldId)!;
    const parts = shapes.flatMap(({ shape, part }) => (part ? [{ shape, part, result: part.result() }] : []));
    const coveredM2 = sum(parts.map(({ result }) => result.coveredDm2)) / 100;
    const machines = new Map<string, number>();
    for (const { result } of parts)
      for (const [track, dm2] of result.byMachine) machines.set(track, (machines.get(track) ?? 0) + dm2 / 100);
    return {
      fieldId,
      boundaryAreaM2: sum(shapes.map(({ shape }) => shape.areaM2)),
      coveredM2,
      coveredMu: muOfM2(coveredM2),
      overlapM2: sum(parts.map(({ result }) => result.overlapDm2)) / 100,
      bandM2: addedBand(
        coveredM2,
        parts.map(({ shape, part }) => bandPartsOf(shape, part, source)),
      ),
      finished: parts.length === shapes.length && parts.every(({ result }) => result.finishedAt !== null),
      machines: [...machines].map(([track, m2]) => ({ track, coveredM2: m2 })),
    };
  });
}

/** Of the parts of one field; what is wrong with a width or a boundary is wrong in all of them alike. */
function addedBand(coveredM2: number, parts: readonly BandParts[]): [number, number] {
  const all = { width: 0, receiver: 0, boundary: 0, closing: 0, estimated: 0, survey: 0, misplaced: 0 };
  for (const part of parts) for (const name of Object.keys(all) as (keyof BandParts)[]) all[name] += part[name];
  return bandOf(coveredM2, all);
}

function candidateOf(shape: FieldShape, swaths: readonly Swath[]): Measurement['candidates'][number] {
  const coverage = new FieldCoverage(shape);
  const [west, south, east, north] = boxOf(shape.polygon);
  for (const swath of swaths) {
    const apart = Math.max(swath.ax, swath.bx) < west || Math.min(swath.ax, swath.bx) > east;
    if (!apart && Math.max(swath.ay, swath.by) >= south && Math.min(swath.ay, swath.by) <= north) coverage.add(swath);
  }
  const { coveredDm2, byMachine } = coverage.result();
  const machines = byMachine.map(([track, dm2]) => ({ track, coveredM2: dm2 / 100 }));
  return { areaM2: shape.areaM2, coveredM2: coveredDm2 / 100, polygon: shape.polygon, machines };
}

/** Ground that swaths cover beyond every field. In bands of latitude, so that a metre stays a metre on a track across a province. */
function outsideM2(swaths: readonly Swath[], fields: readonly FieldShape[]): number {
  const bands = new Map<number, OpenGround>();
  for (const swath of swaths) {
    const band = Math.floor(swath.ay * 20);
    const ground = bands.get(band) ?? new OpenGround(swath.ax, swath.ay);
    bands.set(band, ground);
    ground.add(swath);
  }
  for (const ground of bands.values()) for (const shape of fields) ground.clear(shape);
  return sum([...bands.values()].map(ground => ground.areaM2()));
}

/** The rule of thumb that all the rest is there to beat. */
function distanceTimesWidth(fixes: readonly Fix[], { widthM, labels }: { widthM: number; labels: readonly FixLabel[] }): number {
  const works = fixes.map((fix, i) => (fix.working === null ? labels[i].place === 'field' : fix.working === 1));
  let area = 0;
  for (let i = 1; i < fixes.length; i++) {
    const [a, b] = [fixes[i - 1], fixes[i]];
    if (works[i - 1] || works[i]) area += metresBetween(a.lng, a.lat, b.lng, b.lat) * (b.widthM ?? a.widthM ?? widthM);
  }
  return area;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
