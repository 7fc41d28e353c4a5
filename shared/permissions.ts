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
  'machine:read',
  'machine:trail',
  'progress:read',
  'reported:write',
  'fix:report',
  'clock:set',
  'token:issue',
  'digest:read',
] as const;
export type Action = (typeof actions)[number];
export type Reach = 'all' | 'division' | 'own' | 'none';

const none: Record<Action, Reach> = {
  'view:read': 'none',
  'field:read': 'none',
  'field:write': 'none',
  'machine:read': 'none',
  'machine:trail': 'none',
  'progress:read': 'none',
  'reported:write': 'none',
  'fix:report': 'none',
  'clock:set': 'none',
  'token:issue': 'none',
  'digest:read': 'none',
};

export const permissions: Record<Role, Record<Action, Reach>> = {
  administrator: {
    ...none,
    'view:read': 'all',
    'field:read': 'all',
    'field:write': 'all',
    'machine:read': 'all',
    'machine:trail': 'all',
    'progress:read': 'all',
    'reported:write': 'all',
    'clock:set': 'all',
    'token:issue': 'all',
    'digest:read': 'all',
  },
  dispatcher: {
    ...none,
    'view:read': 'division',
    'field:read': 'division',
    'field:write': 'division',
    'machine:read': 'division',
    'machine:trail': 'division',
    'progress:read': 'division',
    'reported:write': 'division',
    'clock:set': 'all',
  },
  clerk: { ...none, 'view:read': 'division', 'field:read': 'division', 'progress:read': 'division', 'reported:write': 'division' },
  operator: { ...none, 'machine:read': 'own', 'machine:trail': 'own' },
  station: { ...none, 'machine:read': 'all' },
  viewer: { ...none, 'view:read': 'all', 'field:read': 'all', 'machine:read': 'all', 'progress:read': 'all' },
  device: { ...none, 'fix:report': 'own' },
};

/** Who is asking. `division` is the root of what a dispatcher or clerk may touch; `machine` is an operator's or a device's own. */
export interface Actor {
  role: Role;
  name: string;
  division: string | null;
  machine: string | null;
}

/** What is asked about. `divisions` is the object's unit with all its parents; an object without a place belongs to the whole city. */
export interface Subject {
  divisions?: readonly string[];
  machine?: string;
}

export function isAllowed(actor: Actor, action: Action, subject: Subject): boolean {
  const reach = permissions[actor.role][action];
  if (reach === 'all') return true;
  if (reach === 'division') return actor.division !== null && (subject.divisions ?? []).includes(actor.division);
  if (reach === 'own') return actor.machine !== null && actor.machine === subject.machine;
  return false;
}
