import type { LngLat, WorkState } from '../../../shared/registry.ts';
import type { Operation, Season } from '../../../shared/season.ts';

/** A machine as the rules see it. */
export interface WatchedMachine {
  id: string;
  plate: string;
  /** The county it belongs to, or the unit above when it belongs to none. */
  county: string;
  /** Null: its phone never said. */
  duty: { on: boolean; since: number } | null;
  inRepair: boolean;
  /** Of the implement mounted now. */
  operation: Operation | null;
  /** Null: never heard of. */
  seen: Seen | null;
  /** Counties where an order or a move sends it. */
  sentTo: readonly string[];
  /** Its latest places would lie in fields if they were GCJ-02. */
  looksShifted: boolean;
}

export interface Seen {
  lngLat: LngLat;
  fixTime: number;
  state: WorkState;
  stateSince: number | null;
  /** Where it is now; null: outside the city. */
  county: string | null;
  /** County of the field in which it is; null: in none. */
  fieldCounty: string | null;
}

/** A county and one operation. */
export interface WatchedUnit {
  code: string;
  name: string;
  operation: Operation;
  /** To be through in time; null: not forecast. */
  chanceInTime: number | null;
  /** Whether the ground can be worked today; null: nobody knows. */
  isWorkable: boolean | null;
  /** Its list of fields: when each was cut, of those not sown yet. Only of sowing. */
  unsown: readonly { cutAt: number; areaMu: number }[];
  /** What is left to do, mu. */
  leftMu: number;
}

export interface WatchedStation {
  id: string;
  name: string;
  county: string;
  lngLat: LngLat;
  /** Open repairs: since when each waits, and whether somebody works on it. */
  repairs: readonly { calledAt: number; startedAt: number | null }[];
}

/** A machine from elsewhere that a station handed over, and that nobody has given work since. */
export interface WatchedVisitor {
  machine: string;
  plate: string;
  /** Name of the station. */
  station: string;
  county: string;
  lngLat: LngLat;
  since: number;
}

/** The last fix of each outbox of a machine that has more than one. */
export interface WatchedOutboxes {
  machine: string;
  lasts: readonly { fixTime: number; lngLat: LngLat }[];
}

/** A field to whose figure an operator objects, and that waits for a dispatcher. */
export interface WatchedObjection {
  field: string;
  village: string;
  county: string;
  lngLat: LngLat;
  since: number;
}

/** What the rules look at, at one instant. */
export interface AlertWorld {
  now: number;
  /** Since when the program hears devices. */
  listensSince: number;
  /** Midnight before `now`. */
  today: number;
  season: Pick<Season, 'workableHours'>;
  machines: readonly WatchedMachine[];
  units: readonly WatchedUnit[];
  stations: readonly WatchedStation[];
  outboxes: readonly WatchedOutboxes[];
  visitors: readonly WatchedVisitor[];
  objections: readonly WatchedObjection[];
}
