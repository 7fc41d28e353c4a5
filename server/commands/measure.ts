import { writeFileSync } from 'node:fs';
import { operations } from '../../shared/season.ts';
import { muOfM2, roundHalfUp } from '../../shared/units.ts';
import { type Measured, measure } from '../domain/measurement.ts';
import type { FixLabel } from '../domain/track-labels.ts';
import { numberFrom, printJson, runCommand, WrongUse } from './command.ts';
import { readFieldsFile, readTrackFile, type TrackFile } from './measure-files.ts';

const usage = `npm run measure -- --track T.csv [--track T2.csv] [options]

What the tracks cover, by the program's own rules: area per field, overlap, 90 % band, who covered it first.

  --track FILE       CSV: fixTime,lng,lat[,speedKmh][,headingDeg][,accuracyM][,workingWidthM][,working]; one machine's, WGS-84
  --fields FILE      GeoJSON polygons; a field's id is properties.fieldId, else the feature's id
  --width M          working width where the fixes carry none; without it the width is read from the distance between passes
  --antenna=F,R      the antenna sits F m ahead of the middle of the implement's working edge and R m to the right of it (0,0)
  --operation NAME   ${operations.join(' or ')} (harvest)
  --live             as it would be seen while the work goes on: every fix judged by those before it
  --labels FILE      writes a row per input row: fixTime,workState,place
  --json             the last line is the whole answer

Rows that cannot be used are counted by reason on stderr. Exit: 0 good, 1 failed, 2 wrong use.
`;

/** parseArgs with `multiple` gives lists, which the frame of the commands does not know: the repeated option is taken out first. */
function takeTracks(argv: readonly string[]): { tracks: string[]; rest: string[] } {
  const tracks: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    if (argv[i].startsWith('--track=')) tracks.push(argv[i].slice('--track='.length));
    else if (argv[i] === '--track' && i + 1 < argv.length) tracks.push(argv[++i]);
    else rest.push(argv[i]);
  }
  return { tracks, rest };
}

function labelLines(files: readonly TrackFile[], labels: readonly FixLabel[][]): string {
  const lines = ['fixTime,workState,place'];
  for (const [i, { rows }] of files.entries()) {
    const own = labels[i];
    let next = 0;
    for (const [row, { fixTime }] of rows.entries()) {
      if (next + 1 < own.length && own[next + 1].seq <= row + 1) next++;
      lines.push(`${fixTime},${own[next].workState},${own[next].place}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const mu = (m2: number): string => `${roundHalfUp(muOfM2(m2), 1).toFixed(1)} mu`;

function say({ answer }: Measured): void {
  const lines = [
    `width ${answer.widthM.value.toFixed(2)} m (${answer.widthM.source}), ${answer.method.name} ${answer.method.version}`,
    ...answer.fields.map(field => {
      const [low, high] = field.bandM2;
      return `${field.fieldId}: ${mu(field.coveredM2)} of ${mu(field.boundaryAreaM2)}, 90 % band ${mu(low)} to ${mu(high)}${field.finished ? ', finished' : ''}`;
    }),
    ...answer.candidates.map((candidate, i) => `unmapped ground ${i + 1}: ${mu(candidate.coveredM2)} of ${mu(candidate.areaM2)}`),
    `outside of fields ${mu(answer.outsideFieldsM2)}; distance × width ${mu(answer.distanceTimesWidthM2)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function antennaOf(text: string): { antennaForwardM: number; antennaRightM: number } {
  const [forward, right, ...more] = text.split(',');
  if (more.length > 0) throw new WrongUse('--antenna: two figures, as in --antenna=-1.5,0');
  const metres = (part: string | undefined) => numberFrom(part, 0, { name: 'antenna', from: -20, to: 20 });
  return { antennaForwardM: metres(forward), antennaRightM: metres(right) };
}

const { tracks, rest } = takeTracks(process.argv.slice(2));
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

await runCommand(
  {
    usage,
    options: { fields: text, width: text, antenna: text, operation: text, live: flag, labels: text, json: flag },
    async run(values) {
      if (tracks.length === 0) throw new WrongUse('--track is missing');
      const widthM = values.width === undefined ? null : numberFrom(values.width, 0, { name: 'width', from: 0.1, to: 60 });
      const antenna = values.antenna === undefined ? {} : antennaOf(values.antenna);
      const operation = operations.find(name => name === (values.operation ?? 'harvest'));
      if (operation === undefined) throw new WrongUse(`--operation ${values.operation}: must be ${operations.join(' or ')}`);
      const files = tracks.map(readTrackFile);
      const fields = values.fields === undefined ? [] : readFieldsFile(values.fields);
      for (const { track, refused } of files) {
        for (const [reason, count] of refused) process.stderr.write(`${track}: ${count} rows left out: ${reason}\n`);
      }
      const measured = measure(files, { fields, widthM, operation, antenna, live: values.live ?? false });
      for (const note of measured.answer.notes ?? []) process.stderr.write(`${note}\n`);
      if (values.labels !== undefined) writeFileSync(values.labels, labelLines(files, measured.labels));
      if (values.json) printJson(measured.answer);
      else say(measured);
      return 0;
    },
  },
  rest,
);
