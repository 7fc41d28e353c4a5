/**
 * Who may do what to which object: one table, read by the server before every request and event, and by the pages to hide what would be
 * refused. A cell names how far a role reaches: `all`, `division` (the object lies in the role's division subtree), `own` (the object is
 * the role's own machine or station), or nothing at all.
 */
export const roles = ['administrator', 'dispatcher', 'clerk', 'operator', 'station', 'viewer', 'device'] as const;
export type Role = (typeof roles)[number];

export const actions = [
  'view:read',
  'field:read',
  'field:write',
  'field:claim',
  'objection:read',
  'objection:write',
  'objection:settle',
  'machine:read',
  'machine:trail',
  'machine:phone',
  'progress:read',
  'reported:read',
  'reported:write',
  'bulletin:read',
  'bulletin:write',
  'repair:read',
  'repair:call',
  'repair:write',
  'repair:photo',
  'fuel:read',
  'fuel:request',
  'fuel:write',
  'stock:read',
  'stock:write',
  'station:read',
  'maintenance:read',
  'maintenance:write',
  'duty:write',
  'machine:enrol',
  'terminal:write',
  'fix:report',
  'season:write',
  'account:read',
  'account:write',
  'audit:read',
  'history:read',
  'registry:read',
  'registry:write',
  'registry:export',
  'clock:set',
  'token:issue',
  'screen:write',
  'digest:read',
  'recompute:write',
  'forecast:read',
  'weather:write',
  'request:read',
  'request:write',
  'order:read',
  'order:write',
  'order:answer',
  'advice:read',
  'advice:decide',
  'notice:read',
  'notice:write',
  'alert:read',
  'alert:write',
  'webhook:write',
  'evidence:read',
  'evidence:share',
  'arrival:read',
  'arrival:write',
  'arrival:plan',
  'permit:read',
  'permit:write',
  'permit:issue',
  'safety:read',
  'safety:write',
] as const;
export type Action = (typeof actions)[number];
export type Reach = 'all' | 'division' | 'own' | 'none';

const nothing = Object.fromEntries(actions.map(action => [action, 'none'])) as Record<Action, Reach>;
const everything = Object.fromEntries(actions.map(action => [action, 'all'])) as Record<Action, Reach>;

export const permissions: Record<Role, Record<Action, Reach>> = {
  // Who runs the system does not pose as a machine: tracks come from devices alone.
  administrator: {
    ...everything,
    'fix:report': 'none',
    'duty:write': 'none',
    'repair:call': 'none',
    'fuel:request': 'none',
    'field:claim': 'none',
    'objection:write': 'none',
    'order:answer': 'none',
    'notice:read': 'none',
  },
  dispatcher: {
    ...nothing,
    'view:read': 'division',
    'field:read': 'division',
    'field:write': 'division',
    'objection:read': 'division',
    'objection:settle': 'division',
    'machine:read': 'division',
    'machine:trail': 'division',
    'machine:phone': 'division',
    'machine:enrol': 'division',
    'terminal:write': 'division',
    // The operators of the own division's machines, and nobody else.
    'account:read': 'division',
    'history:read': 'division',
    'registry:read': 'division',
    'registry:write': 'division',
    'registry:export': 'division',
    'progress:read': 'division',
    'reported:read': 'division',
    'reported:write': 'division',
    'bulletin:read': 'division',
    'bulletin:write': 'division',
    // Asked about the city: only its own dispatchers reach it.
    'screen:write': 'division',
    'repair:read': 'division',
    'repair:write': 'division',
    'repair:photo': 'division',
    'fuel:read': 'division',
    'fuel:write': 'division',
    'stock:read': 'division',
    'stock:write': 'division',
    'station:read': 'division',
    'maintenance:read': 'division',
    'maintenance:write': 'division',
    'clock:set': 'all',
    'recompute:write': 'division',
    'forecast:read': 'division',
    'weather:write': 'division',
    'request:read': 'division',
    'request:write': 'division',
    'order:read': 'division',
    'order:write': 'division',
    // For an operator who says it by telephone.
    'order:answer': 'division',
    'advice:read': 'division',
    'advice:decide': 'division',
    'notice:write': 'division',
    'alert:read': 'division',
    'alert:write': 'division',
    'evidence:read': 'division',
    'evidence:share': 'division',
    'arrival:read': 'division',
    'arrival:write': 'division',
    'arrival:plan': 'division',
    'permit:read': 'division',
    'permit:write': 'division',
    'permit:issue': 'division',
    'safety:read': 'division',
    'safety:write': 'division',
  },
  clerk: {
    ...nothing,
    'view:read': 'division',
    'field:read': 'division',
    'objection:read': 'division',
    'history:read': 'division',
    'registry:read': 'division',
    'progress:read': 'division',
    'reported:read': 'division',
    'reported:write': 'division',
    'bulletin:read': 'division',
    'forecast:read': 'division',
    // Farmers call the town's clerk.
    'request:read': 'division',
    'request:write': 'division',
    'order:read': 'division',
    'evidence:read': 'division',
    'arrival:read': 'division',
    'permit:read': 'division',
    // Owners ask the town for one.
    'permit:write': 'division',
    'safety:read': 'division',
  },
  operator: {
    ...nothing,
    'machine:read': 'own',
    'machine:trail': 'own',
    'repair:read': 'own',
    'maintenance:read': 'own',
    'maintenance:write': 'own',
    'repair:call': 'own',
    'repair:photo': 'own',
    'fuel:read': 'own',
    'fuel:request': 'own',
    'field:claim': 'own',
    'objection:read': 'own',
    'objection:write': 'own',
    'duty:write': 'own',
    'order:read': 'own',
    'order:answer': 'own',
    'notice:read': 'own',
    'evidence:read': 'own',
  },
  station: {
    ...nothing,
    'machine:read': 'all',
    'machine:phone': 'all',
    'repair:read': 'own',
    'repair:write': 'own',
    'history:read': 'own',
    'repair:photo': 'own',
    'fuel:read': 'own',
    'stock:read': 'own',
    'stock:write': 'own',
    'station:read': 'own',
    'maintenance:read': 'own',
    'maintenance:write': 'own',
    'fuel:write': 'own',
    'arrival:read': 'own',
    'arrival:write': 'own',
    'permit:read': 'own',
    'permit:write': 'own',
    'safety:read': 'own',
    'safety:write': 'own',
  },
  viewer: {
    ...nothing,
    'view:read': 'all',
    'field:read': 'all',
    'machine:read': 'all',
    'progress:read': 'all',
    'bulletin:read': 'all',
    'forecast:read': 'all',
  },
  // A phone in a cab acts for its machine when nobody is signed in on it any more.
  device: {
    ...nothing,
    'fix:report': 'own',
    'repair:call': 'own',
    'repair:photo': 'own',
    'maintenance:write': 'own',
    'fuel:read': 'own',
    'fuel:request': 'own',
    'field:claim': 'own',
    'objection:read': 'own',
    'objection:write': 'own',
    'duty:write': 'own',
    'order:read': 'own',
    'order:answer': 'own',
    'notice:read': 'own',
    'evidence:read': 'own',
  },
};

/** Who is asking. `division` is the root of what a dispatcher or clerk may touch; `machine` and `station` are a person's or device's own. */
export interface Actor {
  role: Role;
  name: string;
  /** Id of the account; null for tokens and the demonstration's one-click roles. */
  account: string | null;
  division: string | null;
  machine: string | null;
  station: string | null;
}

export const actor = (part: Pick<Actor, 'role' | 'name'> & Partial<Actor>): Actor => ({
  account: null,
  division: null,
  machine: null,
  station: null,
  ...part,
});

/** What is asked about. `divisions` is the object's unit with all its parents; an object without a place belongs to the whole city. */
export interface Subject {
  divisions?: readonly string[];
  machine?: string | undefined;
  station?: string | undefined;
}

export function isAllowed(actor: Actor, action: Action, subject: Subject): boolean {
  const reach = permissions[actor.role][action];
  if (reach === 'all') return true;
  if (reach === 'division') return actor.division !== null && (subject.divisions ?? []).includes(actor.division);
  if (reach === 'own') {
    return (actor.machine !== null && actor.machine === subject.machine) || (actor.station !== null && actor.station === subject.station);
  }
  return false;
}
