import type { RouteOutput } from '../../shared/rest.ts';

type Cab = RouteOutput<'cab'>;

/** Care that is due; what an older page kept on this phone names none. */
export const duesOf = (cab: Cab | null): Cab['dues'] => (cab as Partial<Cab> | null)?.dues ?? [];
