import { comparePaintOrder, type Swath } from './swath.ts';

const PER_DEGREE = 1e7;
/** What is the same for many swaths of a field. */
type Source = Pick<Swath, 'machine' | 'outbox' | 'outboxSince' | 'widthM' | 'estimated'> & { swaths: number };

/**
 * The swaths of one field as a chain of points, 28 bytes each: where a swath begins at the end of the one before, they share the point.
 * A swath is named by the index of its end point; its start is the point before. Places are kept to 1e-7 degree, as fixes are.
 */
export class SwathStore {
  private lng = new Int32Array(0);
  private lat = new Int32Array(0);
  private time = new Float64Array(0);
  private seq = new Float64Array(0);
  /** Index into sources; −1 for a point at which a swath only begins. */
  private source = new Int32Array(0);
  private points = 0;
  private readonly sources: Source[] = [];
  private readonly sourceOf = new Map<string, number>();
  private lastSource = -1;
  private swaths = 0;

  /** Number of swaths. */
  get count(): number {
    return this.swaths;
  }
  /** One more than the largest name given. */
  get nextName(): number {
    return this.points;
  }

  add(swath: Swath): number {
    const source = this.nameSource(swath);
    const ax = Math.round(swath.ax * PER_DEGREE);
    const ay = Math.round(swath.ay * PER_DEGREE);
    const before = this.points - 1;
    const follows =
      before >= 0 &&
      this.seq[before] === swath.seqA &&
      this.time[before] === swath.timeA &&
      this.lng[before] === ax &&
      this.lat[before] === ay;
    if (!follows) this.push(ax, ay, swath.timeA, swath.seqA, -1);
    this.swaths++;
    this.sources[source].swaths++;
    return this.push(Math.round(swath.bx * PER_DEGREE), Math.round(swath.by * PER_DEGREE), swath.timeB, swath.seqB, source);
  }

  timeOf(name: number): number {
    return this.time[name];
  }
  /** Median of the swaths' widths; 0 without swaths. */
  usualWidthM(): number {
    let left = this.swaths / 2;
    for (const { widthM, swaths } of [...this.sources].sort((a, b) => a.widthM - b.widthM)) {
      left -= swaths;
      if (left <= 0) return widthM;
    }
    return 0;
  }
  machineOf(name: number): string {
    return this.sources[this.source[name]].machine;
  }

  /** comparePaintOrder of two stored swaths. The common case needs no objects. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const byTime = this.time[a] - this.time[b];
    if (byTime !== 0) return byTime;
    const p = this.sources[this.source[a]];
    const q = this.sources[this.source[b]];
    if (p.machine !== q.machine) return p.machine < q.machine ? -1 : 1;
    return comparePaintOrder(this.get(a), this.get(b));
  }

  get(name: number): Swath {
    const { machine, outbox, outboxSince, widthM, estimated } = this.sources[this.source[name]];
    const a = name - 1;
    return {
      machine,
      outbox,
      outboxSince,
      seqA: this.seq[a],
      seqB: this.seq[name],
      timeA: this.time[a],
      timeB: this.time[name],
      ax: this.lng[a] / PER_DEGREE,
      ay: this.lat[a] / PER_DEGREE,
      bx: this.lng[name] / PER_DEGREE,
      by: this.lat[name] / PER_DEGREE,
      widthM,
      estimated,
    };
  }

  /** Whether the same work is there already. */
  has(swath: Swath): boolean {
    for (let name = this.points - 1; name >= 0; name--) {
      const alike = this.seq[name] === swath.seqB && this.time[name] === swath.timeB && this.source[name] >= 0;
      if (alike && comparePaintOrder(this.get(name), swath) === 0) return true;
    }
    return false;
  }

  /** In the order of adding. */
  *names(): Iterable<number> {
    for (let name = 0; name < this.points; name++) if (this.source[name] >= 0) yield name;
  }

  private nameSource(swath: Swath): number {
    const last = this.sources[this.lastSource];
    if (
      last !== undefined &&
      last.widthM === swath.widthM &&
      last.outbox === swath.outbox &&
      last.machine === swath.machine &&
      last.estimated === swath.estimated &&
      last.outboxSince === swath.outboxSince
    )
      return this.lastSource;
    const { machine, outbox, outboxSince, widthM, estimated } = swath;
    const key = JSON.stringify([machine, outbox, outboxSince, widthM, estimated]);
    let source = this.sourceOf.get(key);
    if (source === undefined) {
      source = this.sources.push({ machine, outbox, outboxSince, widthM, estimated, swaths: 0 }) - 1;
      this.sourceOf.set(key, source);
    }
    this.lastSource = source;
    return source;
  }

  private push(lng: number, lat: number, time: number, seq: number, source: number): number {
    if (this.points === this.lng.length) this.grow(Math.max(32, Math.ceil(this.points * 1.5)));
    const at = this.points++;
    this.lng[at] = lng;
    this.lat[at] = lat;
    this.time[at] = time;
    this.seq[at] = seq;
    this.source[at] = source;
    return at;
  }

  private grow(size: number): void {
    this.lng = copied(this.lng, new Int32Array(size));
    this.lat = copied(this.lat, new Int32Array(size));
    this.time = copied(this.time, new Float64Array(size));
    this.seq = copied(this.seq, new Float64Array(size));
    this.source = copied(this.source, new Int32Array(size));
  }
}

function copied<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
