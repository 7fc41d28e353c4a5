/** Where work is given out to machines, beginning with a unit. */
export const dispatchFrom = (division: string): string => `/orders#/${division}`;

/** The unit of the row that has the focus. */
export const focusedUnit = (): string | null => document.activeElement?.closest<HTMLElement>('[data-unit]')?.dataset.unit ?? null;
