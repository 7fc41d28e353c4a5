import type { RouteOutput } from '../../shared/rest.ts';
import { addDays, type Day, dayOf, dayStart } from '../../shared/season.ts';
import type { WorkRequestInput } from '../../shared/work-order.ts';
import { type Random, randomOf } from '../season/random.ts';

const HOUR = 3_600_000;
const OPENS = 5.75 * HOUR;
const CLOSES = 18 * HOUR;
/** Of a morning, somebody calls in this share of the towns. */
const CALLING = 0.15;
const MOST_FIELDS = 5;
/** Of all that is asked for, what was agreed before the season. */
const CONTRACTS = 0.2;

type Field = RouteOutput<'fields'>['fields'][number];

export interface CallersOptions {
  towns: readonly string[];
  seed: number;
  standingIn: (town: string) => Promise<readonly Field[]>;
  /** Writes it down; what was written already is no news. */
  ask: (request: WorkRequestInput) => Promise<unknown>;
  pause: () => Promise<void>;
}

/** The demonstration's farmers and villages: each morning some call their town's clerk for a machine. */
export class Callers {
  private calledOn: Day | null = null;

  constructor(private readonly options: CallersOptions) {}

  due(now: number): boolean {
    const sinceMidnight = now - dayStart(dayOf(now));
    return sinceMidnight >= OPENS && sinceMidnight < CLOSES && this.calledOn !== dayOf(now);
  }

  async callAll(now: number): Promise<void> {
    const day = dayOf(now);
    this.calledOn = day;
    const { towns, seed, standingIn, ask, pause } = this.options;
    for (const town of towns) {
      const random = randomOf(seed, 'call', day, town);
      if (random.next() > CALLING) continue;
      const request = requestOf(town, day, { standing: await standingIn(town), random });
      if (request) await ask(request);
      await pause();
    }
  }
}

/** Some neighbouring fields of one village; null: nothing stands there any more. */
function requestOf(town: string, day: Day, { standing, random }: { standing: readonly Field[]; random: Random }): WorkRequestInput | null {
  const id = uuidOf(random);
  const isContract = random.next() < CONTRACTS;
  const caller = random.whole(900) + 100;
  const first = standing[random.whole(Math.max(1, standing.length))];
  if (!first) return null;
  const fields = standing.filter(field => field.village === first.village).slice(0, 1 + random.whole(MOST_FIELDS));
  return {
    ...{ id, source: isContract ? 'contract' : fields.length > 2 ? 'village' : 'farmer', operation: 'harvest', division: town },
    ...{ village: first.village, contactName: `演示农户 ${caller}`, contactPhone: `13700000${caller}` },
    ...{ fields: fields.map(field => field.id), areaMu: null, lngLat: null, crop: '小麦' },
    ...{ from: dayStart(day) + OPENS, to: dayStart(addDays(day, 1 + random.whole(3))) + 20 * HOUR },
    ...{ pricePerMu: 55 + 5 * random.whole(4), trackedOnly: random.next() < 0.1, leastWidthM: null, mostWidthM: null },
    ...{ note: '', contract: isContract ? `HT-${day.replaceAll('-', '')}-${caller}` : null },
  };
}

/** The same for the same call, so that a fleet that starts again asks for nothing twice. */
function uuidOf(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.whole(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
