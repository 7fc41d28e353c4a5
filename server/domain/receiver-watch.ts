import type { Fix } from '../../shared/fix.ts';
import type { FieldIndex } from './field-index.ts';
import { fromGcj } from './gcj.ts';
import { clockStepsBack, frozenFixes, isShifted } from './track-notes.ts';

/** What was seen of one outbox's receiver. */
export interface ReceiverCounts {
  frozenFixes: number;
  clockStepsBack: number;
  /** Places looked at, those in fields as they are, and those that would be if they were GCJ-02; older ones count ever less. */
  places: number;
  inFields: number;
  shiftedInFields: number;
}

const LEAST_PLACES = 30;
/** From then on the older half is forgotten: a receiver that was set right is believed again within the hour. */
const MOST_PLACES = 120;
const NOTHING: ReceiverCounts = { frozenFixes: 0, clockStepsBack: 0, places: 0, inFields: 0, shiftedInFields: 0 };

/** Notices receivers that freeze, clocks that go back, and places that are GCJ-02 by mistake, batch by batch. None of it changes a figure. */
export class ReceiverWatch {
  private readonly counts: ReceiverCounts;

  constructor(saved?: ReceiverCounts) {
    this.counts = { ...NOTHING, ...saved };
  }

  /** One place a batch is enough: the field of a machine is left after minutes. */
  take(fixes: readonly Fix[], index: FieldIndex): void {
    const last = fixes.at(-1);
    if (!last) return;
    const { counts } = this;
    counts.frozenFixes += frozenFixes(fixes);
    counts.clockStepsBack += clockStepsBack(fixes);
    // With the header up it is on the road: that says nothing of fields.
    if (last.working === 0) return;
    counts.places++;
    if (index.at(last.lng, last.lat) !== null) counts.inFields++;
    else if (index.at(...fromGcj([last.lng, last.lat])) !== null) counts.shiftedInFields++;
    if (counts.places < MOST_PLACES) return;
    for (const name of ['places', 'inFields', 'shiftedInFields'] as const) counts[name] = Math.round(counts[name] / 2);
  }

  state = (): ReceiverCounts => ({ ...this.counts });

  get looksShifted(): boolean {
    return this.counts.places >= LEAST_PLACES && isShifted(this.counts);
  }
}
