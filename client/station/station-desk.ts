import { computed, signal } from '@preact/signals';
import { io } from 'socket.io-client';
import type { RepairShown } from '../../shared/repair.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { enter, type Session } from '../connection/session.ts';
import { show, shown } from './address.ts';
import { withKept } from './kept.ts';
import { KeptStore } from './kept-store.ts';
import { Outgoing } from './outgoing.ts';

/** Asked again even if no news came: news may be lost with the connection. */
const ASK_EVERY_MS = 15_000;

interface DeskCopy {
  asOf: number;
  heardAt: number;
  about: RouteOutput<'repairDesk'>;
  repairs: RepairShown[];
}

/** What the station's page knows: repairs as the server has them, what is on its way there, and what time of the season it is. */
export class StationDesk {
  readonly known = signal<ReadonlyMap<string, RepairShown>>(new Map());
  readonly failed = signal<RequestFailed['code'] | null>(null);
  readonly isLoaded = signal(false);
  readonly about = signal<RouteOutput<'repairDesk'> | null>(null);
  /** Rises with every change: closed lists ask again. */
  readonly changes = signal(0);
  /** The season's time when it was last told, and the browser's then. */
  private readonly told = signal<{ asOf: number; heardAt: number } | null>(null);
  readonly speed = signal(1);
  readonly tick = signal(Date.now());
  readonly now = computed(() => {
    const told = this.told.value;
    return told ? told.asOf + Math.max(0, this.tick.value - told.heardAt) * this.speed.value : this.tick.value;
  });
  /** Open ones with everything that was typed, the longest waiting first. */
  readonly open = computed(() => {
    const ids = new Set([...this.known.value.keys(), ...this.outgoing.repairs.value.map(kept => kept.id)]);
    return [...ids]
      .flatMap(id => this.repairOf(id) ?? [])
      .filter(repair => repair.finishedAt === null)
      .sort((a, b) => a.calledAt - b.calledAt || (a.id < b.id ? -1 : 1));
  });
  readonly unsent = computed(
    () => this.outgoing.repairs.value.length + this.outgoing.photos.value.length + this.outgoing.deeds.value.length,
  );
  readonly outgoing: Outgoing;
  readonly station: string | null;
  /** Station or person whose unsent entries these are. */
  readonly owner: string;

  private constructor(
    readonly store: KeptStore,
    session: Session,
  ) {
    this.station = session.station;
    this.owner = session.station ?? session.account ?? `${session.role}:${session.name}`;
    this.outgoing = new Outgoing(store, this.owner, this.take);
    this.outgoing.onJoined = (from, into) => {
      const { card } = shown.value;
      if (card?.kind !== 'repair' || card.id !== from) return;
      // Another station's is not read here: the note says where it went.
      const isOwn = this.station === null || into.station === this.station;
      show({ card: isOwn ? { kind: 'repair', id: into.id } : null }, 'replace');
    };
  }
  static async start(session: Session, speed: number): Promise<{ desk: StationDesk; stop: () => void }> {
    const desk = new StationDesk(await KeptStore.open(), session);
    desk.speed.value = speed;
    await desk.recall();
    const stopSending = await desk.outgoing.start();
    const stopHearing = desk.listen();
    const ticking = setInterval(() => {
      desk.tick.value = Date.now();
    }, 1000);
    const asking = setInterval(() => void desk.reload(), ASK_EVERY_MS);
    void desk.reload();
    return {
      desk,
      stop: () => {
        stopSending();
        stopHearing();
        clearInterval(ticking);
        clearInterval(asking);
      },
    };
  }

  /** As it was last heard, until it is asked: a page that opens without a network shows the day's list. */
  private async recall(): Promise<void> {
    const copy = (await this.store.copyOf(`desk:${this.owner}`))?.value as DeskCopy | undefined;
    if (!copy) return;
    this.known.value = new Map(copy.repairs.map(repair => [repair.id, repair]));
    this.about.value = copy.about;
    this.told.value = { asOf: copy.asOf, heardAt: copy.heardAt };
    this.isLoaded.value = true;
  }

  /** As the person here sees it; undefined: not known yet. */
  repairOf = (id: string): RepairShown | undefined => withKept(this.known.value.get(id), this.outgoing.keptOf(id));

  /** The time of a tap: exact, and never behind the season. */
  instant = (): number => {
    this.tick.value = Date.now();
    return Math.round(this.now.value);
  };

  reload = async (): Promise<void> => {
    try {
      const asked = Date.now();
      const [first, about] = await Promise.all([this.openFrom(0), this.about.value ?? ask('repairDesk')]);
      const repairs = [...first.repairs];
      while (repairs.length < first.total) {
        const page = await this.openFrom(repairs.length);
        if (page.repairs.length === 0) break;
        repairs.push(...page.repairs);
      }
      this.told.value = { asOf: first.asOf, heardAt: asked };
      this.about.value = about;
      const finished = [...this.known.value].filter(([, repair]) => repair.finishedAt !== null);
      this.known.value = new Map([...finished, ...repairs.map(repair => [repair.id, repair] as const)]);
      this.failed.value = null;
      this.isLoaded.value = true;
      this.changes.value += 1;
      const copy: DeskCopy = { asOf: first.asOf, heardAt: asked, about, repairs };
      void this.store.keepCopy(`desk:${this.owner}`, copy);
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      this.failed.value = cause.code;
      if (cause.code === 'unauthenticated') void enter(true);
    }
  };

  /** Brings one that is on no list here, such as a closed one from an address. */
  async fetch(id: string): Promise<void> {
    this.take(await ask('repair', { id }));
  }

  readonly take = (repair: RepairShown): void => {
    const next = new Map(this.known.value);
    if (this.station !== null && repair.station !== this.station) next.delete(repair.id);
    else next.set(repair.id, repair);
    this.known.value = next;
    this.changes.value += 1;
  };

  private openFrom = (from: number) => ask('listRepairs', { state: 'open', from });

  private listen(): () => void {
    const socket = io({ transports: ['websocket'], reconnectionDelay: 500, reconnectionDelayMax: 3000 });
    socket.on('connect', () => {
      if (this.station !== null) socket.emit('repairs:watch', { station: this.station }, () => void this.reload());
    });
    socket.on('repairs:changed', () => void this.reload());
    socket.on('clock:changed', (line: { speed: number }) => {
      // What time it was until now counts by the old speed.
      this.told.value = { asOf: this.now.peek(), heardAt: this.tick.peek() };
      this.speed.value = line.speed;
      void this.reload();
    });
    socket.on('session:ended', () => void enter(true));
    socket.on('disconnect', reason => {
      if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1000);
    });
    return () => socket.disconnect();
  }
}
