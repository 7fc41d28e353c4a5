import { createHash } from 'node:crypto';
import type { Candidate, CandidateShown, ProgramReason } from '../../../shared/candidate.ts';
import type { Field, Polygon } from '../../../shared/registry.ts';
import { Refusal } from '../../../shared/reply.ts';
import type { RouteOutput } from '../../../shared/rest.ts';
import { type Operation, operations } from '../../../shared/season.ts';
import { muOfM2 } from '../../../shared/units.ts';
import { joinedGround } from '../../domain/candidates/joined-ground.ts';
import type { FoundGround, OpenFound, WorkedShare } from '../../domain/candidates/open-search.ts';
import { type KnownCandidate, reconcile } from '../../domain/candidates/reconcile.ts';
import type { FieldShape } from '../../domain/field-index.ts';
import { type Box, boxOf, distanceToEdgeM, widened } from '../../domain/field-shape.ts';
import { areaM2Of, polygonProblems } from '../../domain/polygon-check.ts';
import { centreOf } from '../../domain/tiles.ts';
import type { CandidateStore, StoredCandidate } from '../../stores/candidates.ts';
import type { Fields } from '../fields.ts';
import type { Registry } from '../registry.ts';
import { neighbourOf } from './neighbour.ts';

export interface Change<Result> {
  before: StoredCandidate[];
  after: StoredCandidate[];
  result: Result;
}
interface Named {
  id: string;
  version: number;
}

const reasons = {
  together: 'grown together',
  mapped: 'a field lies there',
  gone: 'the tracks show no field there any more',
} as const satisfies Record<string, ProgramReason>;
/** Twice the widest gap that is joined. */
const BESIDE_M = 8;

/** Candidate fields of the season, from being found to what a person makes of them. All are held in memory: they are some hundreds. */
export class CandidateBook {
  private readonly all = new Map<string, StoredCandidate>();
  private lane: Promise<unknown> = Promise.resolve();
  /** Told after something was saved: the units that it concerns. */
  onChange: (units: readonly string[]) => void = () => undefined;

  constructor(private readonly deps: { store: CandidateStore; registry: Registry; now: () => number }) {}

  async load(): Promise<void> {
    const { season } = this.deps.registry;
    for (const candidate of season ? await this.deps.store.ofYear(season.year) : []) this.all.set(candidate.id, candidate);
  }

  find(id: string): StoredCandidate {
    const candidate = this.all.get(id);
    if (!candidate) throw new Refusal('notFound', `there is no candidate field ${id}`);
    return candidate;
  }

  /** The unit that may decide: the town where it lies, else the county. An unknown one lies nowhere. */
  divisionOf = (id: string): string => {
    const candidate = this.all.get(id);
    return candidate ? (candidate.town ?? candidate.county) : '';
  };

  /** What machines worked and no list knows, as far as nobody decided about it. */
  openOutlines = (): StoredCandidate['polygon'][] => [...this.all.values()].filter(({ state }) => state === 'open').map(one => one.polygon);

  list(division: string, state: 'open' | 'decided' | 'all'): RouteOutput<'candidates'> {
    const { registry, now } = this.deps;
    const here = [...this.all.values()].filter(({ town, county }) => registry.chain(town ?? county).includes(division));
    const open = here.filter(one => one.state === 'open').sort((a, b) => b.areaM2 - a.areaM2);
    const decided = here.filter(one => one.state !== 'open').sort((a, b) => (b.decided?.at ?? 0) - (a.decided?.at ?? 0));
    const workedOf = (operation: Operation) => {
      const own = open.filter(one => one.operation === operation);
      const mu = (key: 'areaM2' | 'coveredM2') => muOfM2(own.reduce((sum, one) => sum + one[key], 0));
      return { count: own.length, areaMu: mu('areaM2'), coveredMu: mu('coveredM2') };
    };
    return {
      asOf: now(),
      candidates: { open, decided, all: [...open, ...decided] }[state].map(this.shown),
      worked: Object.fromEntries(operations.map(operation => [operation, workedOf(operation)])) as Record<
        Operation,
        ReturnType<typeof workedOf>
      >,
    };
  }

  shown = ({ year: _year, grounds: _grounds, areaM2, coveredM2, machines, ...rest }: StoredCandidate): CandidateShown => {
    const { divisions } = this.deps.registry;
    return {
      ...rest,
      areaMu: muOfM2(areaM2),
      coveredMu: muOfM2(coveredM2),
      machines: machines.map(share => ({ machine: share.machine, coveredMu: muOfM2(share.coveredM2) })),
      townName: rest.town === null ? null : (divisions.get(rest.town)?.name ?? rest.town),
      countyName: divisions.get(rest.county)?.name ?? rest.county,
      centre: centreOf(rest.polygon),
    };
  };

  detail(id: string, mayJoin: (town: string) => boolean): Omit<RouteOutput<'candidate'>, 'shifted'> {
    const candidate = this.find(id);
    return {
      ...this.shown(candidate),
      beside: candidate.state === 'open' ? this.beside(candidate, mayJoin) : { candidates: [], fields: [] },
    };
  }

  /** What lies so near that it could be the same field. */
  private beside({ id, polygon, operation }: StoredCandidate, mayJoin: (town: string) => boolean) {
    const { registry } = this.deps;
    const box = widened(boxOf(polygon), BESIDE_M);
    const near = this.allIn(box, operation).filter(one => one.state === 'open' && one.id !== id && mayJoin(one.town ?? one.county));
    const fields = registry.index.touching(box).flatMap(({ id: field, polygon: shape }) => {
      const known = registry.fields.get(field);
      if (!known || !mayJoin(known.town) || edgeDistanceM(polygon, shape) > BESIDE_M) return [];
      return [{ id: field, version: known.version, village: known.village, areaMu: muOfM2(known.shape.areaM2) }];
    });
    return {
      candidates: near
        .filter(one => edgeDistanceM(polygon, one.polygon) <= BESIDE_M)
        .map(one => ({ id: one.id, version: one.version, areaMu: muOfM2(one.areaM2) })),
      fields,
    };
  }

  /** Open candidates in a box whose boundary a person drew. */
  shapedIn(box: Box, operation: Operation): FieldShape[] {
    return this.allIn(box, operation)
      .filter(one => one.state === 'open' && one.isShaped)
      .map(({ id, polygon, areaM2 }) => ({ id, polygon, areaM2 }));
  }

  /** Boxes of all that was ever found there. */
  groundIn = (box: Box, operation: Operation): Box[] => this.allIn(box, operation).map(({ polygon }) => boxOf(polygon));

  private allIn([west, south, east, north]: Box, operation: Operation): StoredCandidate[] {
    return [...this.all.values()].filter(one => {
      const [w, s, e, n] = boxOf(one.polygon);
      return one.operation === operation && w <= east && e >= west && s <= north && n >= south;
    });
  }

  /** Takes in what a search found. `isWhole`: all work that is known there was looked at, so that what is not found is not there. */
  settle(
    search: { operation: Operation; known: readonly FieldShape[]; isWhole?: (polygon: Polygon) => boolean },
    { found, kept }: OpenFound,
  ): Promise<void> {
    return this.inTurn(async () => {
      const own = [...this.all.values()].filter(one => one.operation === search.operation);
      const { created, updated, absorbed, mapped, gone } = reconcile(found, own.map(knownAs), search);
      const now = this.deps.now();
      const program = { by: null, at: now, field: null, into: null };
      await this.save([
        ...created.flatMap(ground => this.candidateOf(ground, search.operation) ?? []),
        ...updated.flatMap(({ id, ground }) => grown(this.find(id), ground) ?? []),
        ...gone.map(id => decidedAs(this.find(id), 'withdrawn', { ...program, reason: reasons.gone })),
        ...kept.flatMap(({ id, ...share }) => (this.all.get(id)?.state === 'open' ? [{ ...this.find(id), ...share }] : [])),
        ...absorbed.map(({ id, into }) => decidedAs(this.find(id), 'merged', { ...program, into, reason: reasons.together })),
        ...mapped.map(({ id, field }) => decidedAs(this.find(id), 'merged', { ...program, field, reason: reasons.mapped })),
      ]);
    });
  }

  shape({ id, version }: Named, polygon: Polygon): Promise<Change<StoredCandidate>> {
    return this.inTurn(async () => {
      const before = this.current({ id, version });
      const problems = polygonProblems(polygon);
      if (problems.length > 0) throw new Refusal('invalid', `polygon: ${problems.join('; ')}`);
      const after = {
        ...before,
        polygon,
        areaM2: areaM2Of(polygon),
        isShaped: true,
        version: version + 1,
        ...this.placeOf(polygon, before),
      };
      await this.save([after]);
      return { before: [before], after: [after], result: after };
    });
  }

  /** The field first, then what is written of the candidate: cut off in between, the same request again ends it. */
  confirm(
    named: Named,
    wish: { town: string; village: string; crop: string; ripeDate: string | null },
    act: { by: string; fields: Fields },
  ): Promise<Change<Field>> {
    return this.inTurn(async () => {
      const id = `${wish.town}-${named.id}`;
      const known = this.find(named.id);
      if (known.state === 'confirmed' && known.decided?.field === id) return { before: [], after: [], result: act.fields.plainOf(id) };
      const before = this.current(named);
      const { polygon } = before;
      const field = this.deps.registry.fields.has(id) ? act.fields.plainOf(id) : await act.fields.create({ ...wish, id, polygon });
      const decided = { by: act.by, at: this.deps.now(), reason: '', field: id, into: null };
      // What the other operation left on the same ground is the same field.
      const twins = this.twinsOf(before).map(twin => ({ before: twin, after: decidedAs(twin, 'merged', decided) }));
      const after = [decidedAs(before, 'confirmed', decided), ...twins.map(twin => twin.after)];
      await this.save(after);
      return { before: [before, ...twins.map(twin => twin.before)], after, result: field };
    });
  }

  discard(named: Named, reason: string, by: string): Promise<Change<StoredCandidate>> {
    return this.inTurn(async () => {
      const before = this.current(named);
      const after = decidedAs(before, 'discarded', { by, at: this.deps.now(), reason, field: null, into: null });
      await this.save([after]);
      return { before: [before], after: [after], result: after };
    });
  }

  /** Only what was discarded: of the others a field has come, or another candidate. */
  reopen({ id, version }: Named): Promise<Change<StoredCandidate>> {
    return this.inTurn(async () => {
      const before = this.find(id);
      if (before.state !== 'discarded' || before.version !== version)
        throw new Refusal('conflict', `candidate field ${id} was changed meanwhile: it is ${before.state}, version ${before.version}`);
      const after: StoredCandidate = { ...before, state: 'open', decided: null, version: version + 1 };
      await this.save([after]);
      return { before: [before], after: [after], result: after };
    });
  }

  /** Several of one operation become the first of them. */
  merge(named: readonly Named[], by: string): Promise<Change<StoredCandidate>> {
    return this.inTurn(async () => {
      const before = [...new Map(named.map(one => [one.id, this.current(one)])).values()];
      const [first, ...others] = before;
      if (others.length === 0) throw new Refusal('invalid', 'candidates: name at least two');
      if (others.some(({ operation }) => operation !== first.operation))
        throw new Refusal('invalid', 'candidates: harvested and sown ground is joined when it is a field');
      const polygon = joined(before.map(one => one.polygon));
      const now = this.deps.now();
      const whole: StoredCandidate = {
        ...first,
        ...sumOf(before),
        polygon,
        areaM2: areaM2Of(polygon),
        grounds: before.flatMap(({ grounds }) => grounds),
        isShaped: true,
        version: first.version + 1,
        ...this.placeOf(polygon, first),
      };
      const parts = others.map(one => decidedAs(one, 'merged', { by, at: now, reason: '', field: null, into: first.id }));
      // The whole first: a part that is left over by a crash can be joined again.
      const after = [whole, ...parts];
      await this.save(after);
      return { before, after, result: whole };
    });
  }

  /** A field that lies beside it becomes larger by it. */
  enlarge(named: Named, field: Named, act: { by: string; fields: Fields }): Promise<Change<Field>> {
    return this.inTurn(async () => {
      const before = this.current(named);
      const { shape } = act.fields.find(field.id);
      const polygon = joined([shape.polygon, before.polygon]);
      const result = await act.fields.reshape(field.id, polygon, field.version);
      const decided = { by: act.by, at: this.deps.now(), reason: '', field: field.id, into: null };
      const all = [before, ...this.twinsOf(before)];
      const after = all.map(one => decidedAs(one, 'merged', decided));
      await this.save(after);
      return { before: all, after, result };
    });
  }

  /** Open candidates of the other operation on the same ground. */
  private twinsOf({ id, polygon }: StoredCandidate): StoredCandidate[] {
    const open = [...this.all.values()].filter(one => one.state === 'open' && one.id !== id).map(knownAs);
    return reconcile([], open, { known: [{ id: 'field', polygon, areaM2: 0 }] }).mapped.map(one => this.find(one.id));
  }

  private current({ id, version }: Named): StoredCandidate {
    const candidate = this.find(id);
    if (candidate.state !== 'open') throw new Refusal('conflict', `candidate field ${id} was decided meanwhile: it is ${candidate.state}`);
    if (candidate.version !== version)
      throw new Refusal('conflict', `candidate field ${id} was changed meanwhile (version ${candidate.version}): load it again`);
    return candidate;
  }

  /** Null: it lies in no unit of the city, and counts for none. */
  private candidateOf({ polygon, areaM2, ...share }: FoundGround, operation: Operation): StoredCandidate | null {
    const place = neighbourOf(this.deps.registry, centreOf(polygon));
    if (place === null) return null;
    const { year } = this.deps.registry.season!;
    const [{ machine }] = [...share.machines].sort((a, b) => (a.machine < b.machine ? -1 : 1));
    const name = [year, operation, machine, share.firstAt, ...centreOf(polygon).map(degrees => degrees.toFixed(6))].join(' ');
    const id = `new-${createHash('sha256').update(name).digest('hex').slice(0, 10)}`;
    // The very same was found before, and decided.
    if (this.all.has(id)) return null;
    return {
      id,
      year,
      operation,
      polygon,
      areaM2,
      ...share,
      ...place,
      grounds: [polygon],
      state: 'open',
      isShaped: false,
      foundAt: this.deps.now(),
      version: 1,
      decided: null,
    };
  }

  private placeOf(polygon: Polygon, before: StoredCandidate) {
    const { town, county, village } = neighbourOf(this.deps.registry, centreOf(polygon)) ?? before;
    return { town, county, village };
  }

  private async save(candidates: readonly StoredCandidate[]): Promise<void> {
    if (candidates.length === 0) return;
    await this.deps.store.put(candidates);
    for (const candidate of candidates) this.all.set(candidate.id, candidate);
    this.onChange([...new Set(candidates.map(({ town, county }) => town ?? county))]);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lane.then(work);
    this.lane = turn.catch(() => undefined);
    return turn;
  }
}

/** From the corners of one to the edges of the other, both ways. */
const edgeDistanceM = (a: Polygon, b: Polygon): number =>
  Math.min(
    ...a.coordinates[0].map(([lng, lat]) => distanceToEdgeM(b, lng, lat)),
    ...b.coordinates[0].map(([lng, lat]) => distanceToEdgeM(a, lng, lat)),
  );

const decidedAs = (candidate: StoredCandidate, state: Candidate['state'], decided: NonNullable<Candidate['decided']>): StoredCandidate => ({
  ...candidate,
  state,
  decided,
  version: candidate.version + 1,
});

const knownAs = (one: StoredCandidate): KnownCandidate => {
  const { into = null, by } = one.decided ?? {};
  return { ...one, into, isRevivable: one.state !== 'open' && by === null && into === null };
};

/** Null: nothing has changed. A person who looks at it meanwhile decides about the new boundary, so the version rises with that. */
function grown(before: StoredCandidate, { polygon, areaM2, ...share }: FoundGround): StoredCandidate | null {
  const sameShape = JSON.stringify(before.polygon) === JSON.stringify(polygon);
  const after = { ...before, polygon, areaM2, ...share, grounds: [polygon] };
  // It is there again.
  if (before.state !== 'open') return { ...after, state: 'open', decided: null, version: before.version + 1 };
  if (sameShape && before.coveredM2 === share.coveredM2 && before.lastAt === share.lastAt) return null;
  return { ...after, version: before.version + (sameShape ? 0 : 1) };
}

function sumOf(candidates: readonly StoredCandidate[]): WorkedShare {
  const machines = new Map<string, number>();
  for (const { machine, coveredM2 } of candidates.flatMap(one => one.machines))
    machines.set(machine, (machines.get(machine) ?? 0) + coveredM2);
  return {
    coveredM2: candidates.reduce((sum, one) => sum + one.coveredM2, 0),
    machines: [...machines].map(([machine, coveredM2]) => ({ machine, coveredM2 })),
    firstAt: Math.min(...candidates.map(one => one.firstAt)),
    lastAt: Math.max(...candidates.map(one => one.lastAt)),
  };
}

function joined(pieces: readonly Polygon[]): Polygon {
  const polygon = joinedGround(pieces);
  if (polygon === null) throw new Refusal('conflict', 'polygon: they lie too far apart to be one field');
  const problems = polygonProblems(polygon);
  if (problems.length > 0) throw new Refusal('conflict', `polygon: ${problems.join('; ')}`);
  return polygon;
}
