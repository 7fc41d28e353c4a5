import { computed, signal } from '@preact/signals';
import type { VisitEntryInput, VisitShown } from '../../shared/reception.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { newId } from '../connection/new-id.ts';
import { enter, type Session, type Welcome } from '../connection/session.ts';
import type { Act, Seen } from './kept-acts.ts';
import { KeptActs } from './kept-acts.ts';
import { OutgoingActs } from './outgoing-acts.ts';
import { withUnsent } from './unsent.ts';

const ASK_EVERY_MS = 8000;
type Bare<T> = T extends VisitEntryInput ? Omit<T, 'id' | 'at' | 'visit'> : never;

/** What the page knows: the day as the server told it last, what is on its way there, and what time of the season it is. */
export class ReceptionDesk {
  private readonly told = signal<Seen | null>(null);
  readonly failed = signal<RequestFailed['code'] | null>(null);
  /** Rises with every answer: other lists ask again. */
  readonly changes = signal(0);
  private readonly tick = signal(Date.now());
  /** Ids that were given here, to those under which two arrivals became one. */
  private readonly aliases = signal<ReadonlyMap<string, string>>(new Map());
  readonly outgoing: OutgoingActs;
  readonly owner: string;
  readonly now = computed(() => {
    const told = this.told.value;
    return told ? told.answer.asOf + Math.max(0, this.tick.value - told.at) * this.speed : this.tick.value;
  });
  readonly unsentEntries = computed(() =>
    this.outgoing.acts.value.flatMap(act => (act.kind === 'entry' && act.refused === null ? [act.body] : [])),
  );
  readonly day = computed(() => {
    const answer = this.told.value?.answer;
    if (!answer) return null;
    const by = { author: this.session.name, station: this.session.station };
    return withUnsent(answer, this.unsentEntries.value, { by, idOf: this.idOf });
  });

  private constructor(
    private readonly store: KeptActs,
    readonly session: Session,
    private readonly speed: number,
  ) {
    this.owner = session.station ?? session.account ?? `${session.role}:${session.name}`;
    this.outgoing = new OutgoingActs(store, this.owner, this.taken);
  }

  static async start(session: Session, welcome: Welcome): Promise<{ desk: ReceptionDesk; stop: () => void }> {
    const desk = new ReceptionDesk(await KeptActs.open(), session, welcome.clock.speed);
    desk.told.value = (await desk.store.seen(desk.owner)) ?? null;
    const stopSending = await desk.outgoing.start();
    const asking = setInterval(() => void desk.reload(), ASK_EVERY_MS);
    const ticking = setInterval(() => {
      desk.tick.value = Date.now();
    }, 1000);
    void desk.reload();
    return {
      desk,
      stop: () => {
        stopSending();
        clearInterval(asking);
        clearInterval(ticking);
      },
    };
  }

  idOf = (visit: string): string => this.aliases.value.get(visit) ?? visit;
  visitOf = (id: string): VisitShown | null => {
    const day = this.day.value;
    return [...(day?.present ?? []), ...(day?.departed ?? [])].find(visit => visit.id === this.idOf(id)) ?? null;
  };
  unsentOf = (visit: string): number => this.unsentEntries.value.filter(entry => this.idOf(entry.visit) === visit).length;

  /** The time of a tap, and never behind the season. */
  instant = (): number => {
    this.tick.value = Date.now();
    return Math.round(this.now.value);
  };

  /** Notes something of a visit: it shows at once, and is sent when it can be. */
  write = (visit: string, part: Bare<VisitEntryInput>): Promise<void> => {
    const id = newId();
    return this.outgoing.add({ kind: 'entry', id, body: { ...part, id, visit, at: this.instant() } as VisitEntryInput });
  };

  reload = async (): Promise<void> => {
    try {
      const at = Date.now();
      this.told.value = { owner: this.owner, at, answer: await ask('reception') };
      this.failed.value = null;
      this.changes.value += 1;
      await this.store.keepSeen(this.told.value);
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      this.failed.value = cause.code;
      if (cause.code === 'unauthenticated') void enter(true);
    }
  };

  /** What the server made of one visit. */
  take(visit: VisitShown): void {
    const told = this.told.value;
    if (!told) return;
    const others = (list: RouteOutput<'reception'>['present']) => list.filter(one => one.id !== visit.id);
    const { present, departed } = told.answer;
    const isHere = visit.departedAt === null;
    const answer = {
      ...told.answer,
      present: isHere ? [visit, ...others(present)] : others(present),
      departed: isHere ? others(departed) : [visit, ...others(departed)],
    };
    this.told.value = { ...told, answer };
  }

  private readonly taken = (act: Act, visit: VisitShown | null): void => {
    if (act.kind === 'entry' && visit !== null) {
      if (visit.id !== act.body.visit) this.aliases.value = new Map([...this.aliases.value, [act.body.visit, visit.id]]);
      this.take(visit);
    }
    void this.reload();
  };
}
