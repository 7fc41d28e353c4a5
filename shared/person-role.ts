import type { Role } from './permissions.ts';

/** Roles that a person can be invited to; `device` is none of a person's. */
export const personRoles = ['administrator', 'dispatcher', 'clerk', 'operator', 'station', 'viewer'] as const satisfies readonly Role[];
export type PersonRole = (typeof personRoles)[number];

/** The one place that a role needs; null: it reaches everything that it may see at all. */
export const placeNeeded: Record<PersonRole, 'division' | 'station' | 'machine' | null> = {
  administrator: null,
  dispatcher: 'division',
  clerk: 'division',
  operator: 'machine',
  station: 'station',
  viewer: null,
};

/** An operator's phone is taken up without one; everybody else signs in by it. */
export const needsPassword = (role: PersonRole): boolean => role !== 'operator';

export const LEAST_PASSWORD = 8;
