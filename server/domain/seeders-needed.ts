export interface SeederDay {
  openMu: number;
  needed: number | null;
  present: number;
}

export interface SeederWish {
  /** Cut and not sown at the beginning, mu. */
  openMu: number;
  /** Of today (what is left of it), tomorrow and the day after: ground that is cut and is to be sown. */
  cutMu: readonly number[];
  present: number;
  /** Of a seeder; null: nothing is known. */
  muPerDay: number | null;
}

/** Ground is to be sown within two days of its cutting (48 h). */
const WITHIN_DAYS = 2;

/**
 * Seeders that sow the ground open on a day within two days: open / 2 / mu per seeder-day, rounded up. Tomorrow's open ground is today's,
 * less what the seeders present sow today, and with what is cut.
 */
export function seedersNeeded({ openMu, cutMu, present, muPerDay }: SeederWish): SeederDay[] {
  let open = openMu;
  return cutMu.map(cut => {
    const day = { openMu: open, needed: muPerDay === null || muPerDay <= 0 ? null : Math.ceil(open / WITHIN_DAYS / muPerDay), present };
    open = Math.max(0, open - present * (muPerDay ?? 0)) + cut;
    return day;
  });
}
