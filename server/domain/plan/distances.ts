import type { RoutingMachine, RoutingOrder, RoutingProblem } from './routing-problem.ts';

const EARTH_RADIUS_KM = 6371.0088;
/** A matrix up to 32 MB; beyond that a distance costs less to compute than to fetch from memory. */
const MOST_NODES_OF_A_MATRIX = 2000;

/** Of a problem what distances depend on. */
export interface Geography extends Pick<RoutingProblem, 'surface' | 'detour'> {
  readonly orders: readonly Pick<RoutingOrder, 'at'>[];
  readonly machines: readonly Pick<RoutingMachine, 'start' | 'end'>[];
}

/**
 * Road km between nodes: orders, then starts, then ends of machines. A machine that ends where it last worked has an end that is no
 * distance from anywhere. Distances are symmetric and keep the triangle inequality.
 */
export class Distances {
  readonly count: number;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly z: Float64Array;
  /** 1 where the node is nowhere. */
  private readonly nowhere: Uint8Array;
  private readonly onEarth: boolean;
  private readonly detour: number;
  /** All of them by row, or one row that is filled for each node that is asked for. */
  readonly rows: Float64Array;
  private readonly complete: boolean;
  private filledFor = -1;

  constructor({ surface, detour, orders, machines }: Geography) {
    const points = [...orders.map(order => order.at), ...machines.map(machine => machine.start), ...machines.map(machine => machine.end)];
    this.count = points.length;
    this.onEarth = surface === 'earth';
    this.detour = detour;
    const places = points.map(point => (point === null ? [0, 0, 0] : this.onEarth ? onUnitSphere(point) : [...point, 0]));
    this.x = Float64Array.from(places, place => place[0]);
    this.y = Float64Array.from(places, place => place[1]);
    this.z = Float64Array.from(places, place => place[2]);
    this.nowhere = Uint8Array.from(points, point => (point === null ? 1 : 0));
    this.complete = this.count <= MOST_NODES_OF_A_MATRIX;
    this.rows = new Float64Array(this.complete ? this.count * this.count : this.count);
    if (this.complete) for (let node = 0; node < this.count; node++) this.fill(node, node * this.count);
  }

  between(one: number, other: number): number {
    return this.complete ? this.rows[one * this.count + other] : this.measure(one, other);
  }

  /** Where in `rows` the distances from this node begin, until another node is asked for. */
  rowOf(node: number): number {
    if (this.complete) return node * this.count;
    if (this.filledFor !== node) this.fill(node, 0);
    this.filledFor = node;
    return 0;
  }

  private fill(node: number, from: number): void {
    for (let other = 0; other < this.count; other++) this.rows[from + other] = this.measure(node, other);
  }

  private measure(one: number, other: number): number {
    if (this.nowhere[one] + this.nowhere[other] > 0) return 0;
    const dx = this.x[one] - this.x[other];
    const dy = this.y[one] - this.y[other];
    if (!this.onEarth) return this.detour * Math.sqrt(dx * dx + dy * dy);
    const dz = this.z[one] - this.z[other];
    const chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    return this.detour * 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, chord / 2));
  }
}

function onUnitSphere([lng, lat]: readonly [number, number]): readonly number[] {
  const [east, north] = [(lng * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
}
