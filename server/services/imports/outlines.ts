import { isDeepStrictEqual } from 'node:util';
import type { ImportReason } from '../../../shared/imports.ts';
import type { Outline } from '../../stores/registry.ts';
import type { Pace } from '../pace.ts';
import type { Registry } from '../registry.ts';
import { featuresOf } from './features.ts';
import { Findings } from './findings.ts';
import { placeProblem, propertyOf, readFeature, readPolygon, unshifted } from './geometry.ts';
import { type GroundFile, groundOf } from './ground-file.ts';
import { type Judged, noCounts, Preview } from './judged.ts';
import { UnitNames } from './unit-names.ts';

const unitNames = ['code', 'division', 'adcode', '编码', '区划代码', 'name', '名称'] as const;
const MOST_CORNERS = 50_000;
const MOST_BYTES = 8 << 20;

/** Outlines of city and counties, for the map; they enter no figure but in which county a machine is. */
export async function judgeOutlines(file: GroundFile, { registry, pace, source }: OutlineWorld): Promise<Judged> {
  const findings = new Findings();
  const preview = new Preview();
  const units = new UnitNames(registry.divisions);
  const known = new Map(registry.outlines.map(outline => [outline.division, outline]));
  const outlines = { added: [] as Outline[], replaced: [] as Outline[] };
  const rowOf = new Map<string, number>();
  const counts = noCounts();
  const isShifted = file.system === 'gcj02';
  let row = 0;
  for await (const feature of featuresOf(file.geojson, pace)) {
    const bad = noteIn(findings, ++row);
    const refused = file.refused.get(row);
    if (refused) bad({ column: 'geometry', value: '' }, refused[1], refused[2]);
    const outline = refused ? null : readOutline(feature, { units, registry, source, isShifted, bad });
    await pace.breathe();
    if (!outline) continue;
    const twin = rowOf.get(outline.division);
    if (twin !== undefined) findings.add(row, { column: 'code', value: outline.division }, 'twice', twin);
    rowOf.set(outline.division, row);
    if (twin !== undefined) continue;
    const before = known.get(outline.division);
    const isSame = before !== undefined && isDeepStrictEqual(before.polygon, outline.polygon);
    counts[before ? (isSame ? 'same' : 'changed') : 'new']++;
    if (!isSame) (before ? outlines.replaced : outlines.added).push(outline);
    preview.shape(outline.division, before ? 'changed' : 'new', outline.polygon.coordinates[0]);
  }
  const absent = registry.outlines.filter(outline => !rowOf.has(outline.division)).length;
  return {
    ...{ rows: row, findings, counts, absent },
    encoding: file.encoding,
    ground: groundOf(file, null),
    preview: preview.result(),
    change: { outlines },
  };
}

interface OutlineWorld {
  registry: Registry;
  pace: Pace;
  source: string;
}
type Note = (about: { column: string; value: unknown }, reason: ImportReason, detail?: string) => null;

const noteIn =
  (findings: Findings, row: number): Note =>
  (about, reason, detail) => {
    findings.add(row, about, reason, detail);
    return null;
  };

function readOutline(
  bytes: Uint8Array,
  { units, registry, source, isShifted, bad }: { units: UnitNames; registry: Registry; source: string; isShifted: boolean; bad: Note },
): Outline | null {
  const geometry = { column: 'geometry', value: '' };
  if (bytes.length > MOST_BYTES) return bad(geometry, 'tooManyCorners', String(MOST_CORNERS));
  const feature = readFeature(bytes);
  if (!feature) return bad({ column: '', value: Buffer.from(bytes.subarray(0, 100)).toString() }, 'notFeature');
  const about = propertyOf(feature, unitNames);
  const unit = units.find(about.value);
  if (about.value === '') return bad(about, 'missing');
  if (unit === 'unknown') return bad(about, 'unknownUnit');
  if ('ambiguous' in unit) return bad(about, 'ambiguousUnit', unit.ambiguous);
  const polygon = readPolygon(feature.geometry, MOST_CORNERS);
  if ('reason' in polygon) return bad(geometry, polygon.reason, polygon.detail);
  const outline = isShifted ? unshifted(polygon.value) : polygon.value;
  const problem = placeProblem(outline, registry.serviceArea());
  return problem ? bad(geometry, problem.reason, problem.detail) : { division: unit.code, polygon: outline, source };
}
