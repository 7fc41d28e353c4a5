import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  type Permit,
  type PermitApplication,
  type PermitFault,
  type PermitState,
  permitStates,
  readPermitCode,
  type ShownPermit,
} from '../../../shared/permit.ts';
import { plainPlate } from '../../../shared/plate.ts';
import { Refusal } from '../../../shared/reply.ts';
import { addDays, dayOf } from '../../../shared/season.ts';
import type { PermitStore } from '../../stores/permits.ts';
import type { Registry } from '../registry.ts';

const A_PAGE = 100;
const LONGEST_DAYS = 366;
/** Crockford's: without letters that look like digits. 40 bits, which nobody finds by trying at some tries a minute. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHECK_LENGTH = 8;
const OWN_NUMBER = /^(\d{6})-(\d{4})-(\d{5})/;

export interface PermitChange {
  before: Permit | null;
  after: Permit;
}

/** Permits for our own machines that go out. Those of the year are held in memory. */
export class Permits {
  private readonly permits = new Map<string, Permit>();

  constructor(private readonly deps: { store: PermitStore; registry: Registry; now: () => number }) {}

  async load(year: number | null): Promise<void> {
    this.permits.clear();
    if (year !== null) for (const permit of await this.deps.store.all(year)) this.permits.set(permit.id, permit);
  }

  find(id: string): Permit {
    const permit = this.permits.get(id);
    if (!permit) throw new Refusal('notFound', `there is no permit ${id}`);
    return permit;
  }
  /** What it is of; nothing when there is none, which only those see who may see all. */
  subjectOf(id: string): { stations: string[]; divisions: string[] } {
    const permit = this.permits.get(id);
    return permit ? { stations: permit.station ? [permit.station] : [], divisions: [permit.division] } : { stations: [], divisions: [] };
  }
  all = (): Iterable<Permit> => this.permits.values();

  list({ state, q, from }: { state: PermitState | 'all'; q: string; from: number }, within: (permit: Permit) => boolean) {
    const counts = Object.fromEntries(permitStates.map(one => [one, 0])) as Record<PermitState, number>;
    const words = q.toLowerCase();
    const found = [...this.permits.values()]
      .filter(within)
      .filter(({ plate, holder, number, destination }) =>
        [plate, holder, number ?? '', destination].some(text => text.toLowerCase().includes(words)),
      );
    for (const permit of found) counts[permit.state]++;
    const chosen = found.filter(permit => state === 'all' || permit.state === state);
    chosen.sort((a, b) => b.appliedAt - a.appliedAt || (a.id < b.id ? -1 : 1));
    return { total: chosen.length, counts, permits: chosen.slice(from, from + A_PAGE) };
  }

  async apply(input: PermitApplication, by: { author: string; station: string | null }): Promise<PermitChange> {
    const { registry, store, now } = this.deps;
    const known = this.permits.get(input.id);
    if (known && known.machine === input.machine) return { before: known, after: known };
    if (known) throw new Refusal('conflict', 'id: another permit has it; apply anew');
    const machine = registry.machines.get(input.machine);
    const { season } = registry;
    if (!season) throw new Refusal('notFound', 'there is no season yet');
    if (!machine) throw new Refusal('invalid', `machine: there is no machine ${input.machine}`);
    if (machine.origin !== 'home') throw new Refusal('invalid', 'machine: comes from elsewhere; its home gives it a permit');
    if (input.to < input.from) throw new Refusal('invalid', 'to: lies before the first day');
    if (input.to > addDays(input.from, LONGEST_DAYS)) throw new Refusal('invalid', 'to: is more than a year after the first day');
    const about = {
      year: season.year,
      plate: machine.plate,
      holder: machine.operatorName,
      division: machine.division,
      station: by.station,
    };
    const open = { number: null, check: null, issuedAt: null, issuedBy: null, endedAt: null, endedBy: null, reason: '' };
    const permit: Permit = { ...input, ...about, ...open, state: 'applied', appliedAt: now(), appliedBy: by.author, version: 1 };
    if (await store.add(permit)) return { before: null, after: this.take(permit) };
    const there = (await store.find(input.id))!;
    return { before: there, after: this.take(there) };
  }

  async issue(id: string, version: number, author: string): Promise<PermitChange> {
    const { registry, store, now } = this.deps;
    const before = this.find(id);
    if (before.state === 'issued') return { before, after: before };
    if (before.state !== 'applied') throw new Refusal('conflict', `version: it is ${before.state} already`);
    const key = await this.key();
    const place = (registry.root()?.code ?? '000000').padEnd(6, '0').slice(0, 6);
    const issued = (running: number): Permit => {
      const number = `${place}-${before.year}-${String(running).padStart(5, '0')}`;
      const permit: Permit = { ...before, state: 'issued', number, issuedAt: now(), issuedBy: author, version: version + 1 };
      return { ...permit, check: checkOf(permit, key) };
    };
    const after = before.version === version ? await store.issue(before, issued) : null;
    return { before, after: await this.settled(id, after) };
  }

  async end(id: string, { version, reason, author }: { version: number; reason: string; author: string }): Promise<PermitChange> {
    const before = this.find(id);
    if (before.state === 'refused' || before.state === 'revoked') return { before, after: before };
    const state = before.state === 'applied' ? 'refused' : 'revoked';
    const after: Permit = { ...before, state, reason, endedAt: this.deps.now(), endedBy: author, version: version + 1 };
    return { before, after: await this.settled(id, await this.deps.store.replace(after, version)) };
  }

  /** For anybody: nothing but this. */
  async check(code: string): Promise<{ valid: boolean; until: string | null }> {
    const read = readPermitCode(code);
    const permit = read && (await this.genuine(read.number, read.check));
    const today = dayOf(this.deps.now());
    const valid = permit !== null && permit.state === 'issued' && today >= permit.from && today <= permit.to;
    return { valid, until: valid ? permit.to : null };
  }

  /** What is wrong with a permit that claims to be ours; null: it does not. */
  async judgeOwn(shown: ShownPermit): Promise<PermitFault[] | null> {
    const text = shown.number.normalize('NFKC').replace(/\s/g, '').toUpperCase();
    const number = OWN_NUMBER.exec(text);
    if (!number || number[1] !== this.deps.registry.root()?.code.padEnd(6, '0').slice(0, 6)) return null;
    const read = readPermitCode(text);
    const permit = read ? await this.genuine(read.number, read.check) : await this.deps.store.withNumber(number[0]);
    if (!permit) return ['altered'];
    const isSame =
      plainPlate(permit.plate) === plainPlate(shown.plate) &&
      permit.from === shown.from &&
      permit.to === shown.to &&
      permit.operation === shown.operation;
    return [...(isSame ? [] : (['altered'] as const)), ...(permit.state === 'revoked' ? (['revoked'] as const) : [])];
  }

  private async genuine(number: string, check: string): Promise<Permit | null> {
    const permit = await this.deps.store.withNumber(number);
    if (!permit) return null;
    const right = checkOf(permit, await this.key());
    return timingSafeEqual(Buffer.from(right), Buffer.from(check.padEnd(CHECK_LENGTH).slice(0, CHECK_LENGTH))) ? permit : null;
  }

  private key = (): Promise<string> => this.deps.store.key(() => randomBytes(32).toString('hex'));

  private take(permit: Permit): Permit {
    this.permits.set(permit.id, permit);
    return permit;
  }

  /** Null: somebody changed it in between. */
  private async settled(id: string, after: Permit | null): Promise<Permit> {
    if (after) return this.take(after);
    const there = await this.deps.store.find(id);
    if (there) this.take(there);
    throw new Refusal(
      'conflict',
      `version: somebody changed this permit meanwhile, it is at version ${there?.version ?? 0}; look at it again`,
    );
  }
}

/** Over what is printed, so that paper that was changed is found out. */
function checkOf({ number, plate, holder, operation, destination, from, to }: Permit, key: string): string {
  const printed = [number, plainPlate(plate), holder, operation, destination, from, to].join('\n');
  const bytes = createHmac('sha256', Buffer.from(key, 'hex')).update(printed).digest();
  return [...bytes.subarray(0, CHECK_LENGTH)].map(byte => LETTERS[byte & 31]).join('');
}
