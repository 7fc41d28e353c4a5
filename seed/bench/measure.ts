import { parseArgs } from 'node:util';
import { FieldIndex } from '../../server/domain/field-index.ts';
import { measure } from '../../server/domain/measurement.ts';
import { type CutField, cutFields, type Noise } from './measure-ground.ts';
import { asProduct, distanceTimesWidth, type Method, unionAtOnce, unionOneByOne } from './measure-rivals.ts';

const HELP = `npm run bench:measure -- [--quick] [--json]

How fast fixes become field, work state and covered area on one core, and how far off the area is: beside distance × width and polygon
unions on the same tracks, and as the receiver drifts or jitters more and more, in fields of 33, 66 and 120 m cut whole and half. Fields
and tracks are made up, their areas known exactly.

  --quick   fewer fields
  --json    the result as one line of JSON at the end of stdout

Times are processor time of this process, so that a busy machine does not show in them. Exit: 0 good, 1 failed, 2 wrong use.`;

/** A receiver with corrections, good ones without, a phone in the open, phones in a cab. */
const NOISES_M = [0, 0.5, 1, 2, 3, 5, 8, 10];
const HEIGHTS_M = [33, 66, 120];
const USUAL_DRIFT: Noise = { metres: 0.3, kind: 'drift' };

interface Row {
  method: string;
  fields: number;
  swathsPerS: number;
  fixesPerS: number;
  meanErrorPercent: number;
  maxErrorPercent: number;
  failed: number;
}

function tried(name: string, method: Method, fields: readonly CutField[]): Row {
  const errors: number[] = [];
  let [swaths, failed] = [0, 0];
  const began = process.cpuUsage();
  for (const field of fields) {
    try {
      const found = method(field);
      swaths += found.swaths;
      errors.push(100 * Math.abs(found.areaM2 / field.shape.areaM2 - 1));
    } catch {
      failed++;
    }
  }
  const { user, system } = process.cpuUsage(began);
  const seconds = Math.max(1, user + system) / 1e6;
  const fixes = fields.reduce((sum, field) => sum + field.fixes.length, 0);
  const meanErrorPercent = errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length);
  const speeds = { swathsPerS: Math.round(swaths / seconds), fixesPerS: Math.round(fixes / seconds) };
  return { method: name, fields: fields.length, ...speeds, meanErrorPercent, maxErrorPercent: Math.max(0, ...errors), failed };
}

/** The measuring command's own figure and band, of fields cut whole and of the same ones half cut. */
function noisy(count: number, heightM: number, noise: Noise) {
  const whole = cutFields(count, { noise, heightM }).map(ownFigure);
  const half = cutFields(count, { noise, heightM, half: true }).map(ownFigure);
  const meanOf = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;
  const share = (of: readonly boolean[]): number => of.filter(Boolean).length / of.length;
  return {
    ...noise,
    heightM,
    meanErrorPercent: meanOf(whole.map(({ error }) => Math.abs(error))),
    maxErrorPercent: Math.max(...whole.map(({ error }) => Math.abs(error))),
    finished: share(whole.map(({ finished }) => finished)),
    half: { meanErrorPercent: meanOf(half.map(({ error }) => error)), finished: share(half.map(({ finished }) => finished)) },
    bandHolds: share([...whole, ...half].map(({ holds }) => holds)),
  };
}

/** The error in percent of the whole field. */
function ownFigure({ shape, cutM2, fixes }: CutField): { error: number; holds: boolean; finished: boolean } {
  const { fields } = measure([{ track: shape.id, fixes }], { fields: [shape], widthM: null, operation: 'harvest', live: false }).answer;
  const [{ coveredM2, finished, bandM2 }] = fields;
  return { error: (100 * (coveredM2 - cutM2)) / shape.areaM2, holds: bandM2[0] <= cutM2 && cutM2 <= bandM2[1], finished };
}

const indexOf = (fields: readonly CutField[]): FieldIndex => new FieldIndex(fields.map(({ shape }) => shape));

function run(count: number) {
  const fields = cutFields(count, { noise: USUAL_DRIFT });
  const product = asProduct(indexOf(fields));
  for (let round = 0; round < 3; round++) tried('warming up', product, fields);
  // A union takes seconds for what the bitmap does in a millisecond: the smallest field must do.
  const few = [...fields].sort((a, b) => a.fixes.length - b.fixes.length).slice(0, 1);
  const rows = [
    tried('bitmap, closed (the program)', product, fields),
    tried('distance × width', distanceTimesWidth, fields),
    tried('union in one call', unionAtOnce, few),
    tried('union one by one', unionOneByOne, few),
  ];
  const noise = (['drift', 'white'] as const).flatMap(kind =>
    HEIGHTS_M.flatMap(heightM => NOISES_M.map(metres => noisy(Math.ceil(count / 16), heightM, { metres, kind }))),
  );
  const ratio = rows[0].swathsPerS / Math.max(1, rows[3].swathsPerS);
  return { fixesPerS: rows[0].fixesPerS, timesFasterThanUnion: Math.round(ratio), rows, noise };
}

function print({ rows, noise }: ReturnType<typeof run>): void {
  const line = (cells: readonly (string | number)[]): void =>
    void process.stdout.write(`${cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(30) : `${cell}`.padStart(12))).join('')}\n`);
  line(['method', 'fields', 'swaths/s', 'fixes/s', 'mean err %', 'max err %', 'failed']);
  for (const row of rows) {
    line([
      row.method,
      row.fields,
      row.swathsPerS,
      row.fixesPerS,
      row.meanErrorPercent.toFixed(2),
      row.maxErrorPercent.toFixed(2),
      row.failed,
    ]);
  }
  process.stdout.write('\n');
  line(['noise, m', 'field, m', 'mean err %', 'max err %', 'finished', 'half: err %', 'finished', 'band holds']);
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  for (const { kind, metres, heightM, meanErrorPercent, maxErrorPercent, finished, half, bandHolds } of noise) {
    const errors = [meanErrorPercent.toFixed(1), maxErrorPercent.toFixed(1)];
    line([
      `${kind} ${metres}`,
      heightM,
      ...errors,
      percent(finished),
      half.meanErrorPercent.toFixed(1),
      percent(half.finished),
      percent(bandHolds),
    ]);
  }
}

function readOptions() {
  try {
    const flag = { type: 'boolean', default: false } as const;
    return parseArgs({ options: { quick: flag, json: flag, help: flag } }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}\n`);
    process.exit(2);
  }
}

const { quick, json, help } = readOptions();
if (help) process.stdout.write(`${HELP}\n`);
else {
  const result = run(quick ? 12 : 100);
  print(result);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
}
