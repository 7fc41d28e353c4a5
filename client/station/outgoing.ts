import { signal } from '@preact/signals';
import type { RepairChanges, RepairLog, RepairShown } from '../../shared/repair.ts';
import { ask, type CallName, RequestFailed } from '../connection/http.ts';
import { newId } from '../connection/new-id.ts';
import { changed, isNothing, type Kept, metBy, rebased, settled } from './kept.ts';
import type { Deed, KeptPhoto, KeptStore } from './kept-store.ts';

/** Answers that say that another attempt will do. */
const triedAgain: readonly RequestFailed['code'][] = ['offline', 'unavailable', 'limited', 'internal', 'unauthenticated'];
const AGAIN_MS = 5000;
/** Typing rests so long before it is sent. */
const REST_MS = 900;

/** What a station typed, on its way to the server: kept first, sent in order, one at a time, again until it is answered. */
export class Outgoing {
  readonly repairs = signal<readonly Kept[]>([]);
  readonly photos = signal<readonly KeptPhoto[]>([]);
  readonly deeds = signal<readonly Deed[]>([]);
  /** Rises with every deed that the server took. */
  readonly done = signal(0);
  /** New ones whose machine had a repair already: into which they went. */
  readonly joined = signal<readonly { from: string; into: RepairShown }[]>([]);
  /** Why the last attempt did not get through. */
  readonly held = signal<RequestFailed['code'] | null>(null);
  /** Told when a new one went into another. */
  onJoined: (from: string, into: RepairShown) => void = () => undefined;
  private busy = false;
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: KeptStore,
    private readonly owner: string,
    /** Told what the server has now. */
    private readonly onSaved: (repair: RepairShown) => void,
  ) {}

  /** Takes up what an earlier page left, and sends whenever it can. Gives back how to stop. */
  async start(): Promise<() => void> {
    const left = await this.store.of(this.owner);
    this.repairs.value = left.repairs;
    this.photos.value = left.photos;
    this.deeds.value = left.deeds;
    const flush = () => void this.flush();
    const timer = setInterval(flush, AGAIN_MS);
    window.addEventListener('online', flush);
    flush();
    return () => {
      clearInterval(timer);
      clearTimeout(this.resting);
      window.removeEventListener('online', flush);
    };
  }

  get isLasting(): boolean {
    return this.store.isLasting;
  }

  keptOf = (id: string): Kept | undefined => this.repairs.value.find(kept => kept.id === id);

  async log(log: RepairLog, card: Kept['card']): Promise<void> {
    await this.put({ id: log.id, owner: this.owner, log, card, base: null, changes: {}, trouble: null });
    void this.flush();
  }

  /** `isTyping`: more is about to come. */
  async change(base: RepairShown, changes: RepairChanges, isTyping = false): Promise<void> {
    const before = this.keptOf(base.id) ?? { id: base.id, owner: this.owner, log: null, card: null, base, changes: {}, trouble: null };
    const after = changed(before, changes);
    if (after.log === null && isNothing(after.changes)) await this.drop(after.id);
    else await this.put(after);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.flush(), isTyping ? REST_MS : 0);
  }

  /** An act with an id of its own in its body or address. */
  async do(route: CallName, { id, params = {}, body }: { id: string; params?: Record<string, string>; body: Record<string, unknown> }) {
    await this.putDeed({ id, owner: this.owner, at: Date.now(), route, params, body, refused: null });
    void this.flush();
  }

  async discardDeed(id: string): Promise<void> {
    await this.store.dropDeed(id);
    this.deeds.value = this.deeds.value.filter(deed => deed.id !== id);
  }

  async addPhoto(repair: string, bytes: ArrayBuffer): Promise<void> {
    const photo: KeptPhoto = { key: newId(), repair, owner: this.owner, bytes, refused: null };
    await this.store.putPhoto(photo);
    this.photos.value = [...this.photos.value, photo];
    void this.flush();
  }

  async discardPhoto(key: string): Promise<void> {
    await this.store.dropPhoto(key);
    this.photos.value = this.photos.value.filter(photo => photo.key !== key);
  }

  /** Of two who changed the same: mine, on top of theirs. */
  async insist(kept: Kept): Promise<void> {
    if (kept.trouble?.code !== 'conflict') return;
    await this.put(rebased(kept, kept.trouble.theirs));
    void this.flush();
  }

  /** Gives up what was typed; with a repair that never got away go its photos. */
  async discard(kept: Kept): Promise<void> {
    await this.drop(kept.id);
    if (kept.log) for (const photo of this.photos.value.filter(one => one.repair === kept.id)) await this.discardPhoto(photo.key);
    if (kept.trouble?.code === 'conflict') this.onSaved(kept.trouble.theirs);
  }

  async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.next(); next; next = this.next()) await next();
      this.held.value = null;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      this.held.value = cause.code;
    } finally {
      this.busy = false;
    }
  }

  private next(): (() => Promise<void>) | null {
    const kept = this.repairs.value.find(one => one.trouble === null);
    if (kept) return () => this.send(kept);
    const waiting = new Set(this.repairs.value.filter(one => one.log !== null).map(one => one.id));
    const photo = this.photos.value.find(one => one.refused === null && !waiting.has(one.repair));
    if (photo) return () => this.sendPhoto(photo);
    const deed = this.deeds.value.find(one => one.refused === null && !waiting.has(String(one.body.repair)));
    return deed ? () => this.sendDeed(deed) : null;
  }

  private async sendDeed(deed: Deed): Promise<void> {
    try {
      // A booking of fuel moves on in small steps: each is made on what the server has by now, and it refuses one that does not fit.
      const version = deed.route === 'editFuel' ? { version: (await ask('fuel', deed.params)).version } : {};
      await ask(deed.route, deed.params, { body: { ...deed.body, ...version } });
      await this.discardDeed(deed.id);
      this.done.value += 1;
    } catch (cause) {
      if (!(cause instanceof RequestFailed) || triedAgain.includes(cause.code)) throw cause;
      await this.putDeed({ ...deed, refused: cause.message });
    }
  }

  private async putDeed(deed: Deed): Promise<void> {
    await this.store.putDeed(deed);
    const isKnown = this.deeds.value.some(one => one.id === deed.id);
    this.deeds.value = isKnown ? this.deeds.value.map(one => (one.id === deed.id ? deed : one)) : [...this.deeds.value, deed];
  }

  private async send(kept: Kept): Promise<void> {
    const sent = kept.changes;
    try {
      const answer = kept.log
        ? await ask('logRepair', {}, { body: { ...kept.log, ...sent } })
        : await ask('editRepair', { id: kept.id }, { body: { version: kept.base!.version, changes: sent } });
      const rest = settled(this.keptOf(kept.id) ?? kept, sent, answer);
      if (answer.id !== kept.id) await this.join(kept.id, answer);
      if (rest) await this.put(rest);
      else await this.drop(kept.id);
      this.onSaved(answer);
    } catch (cause) {
      if (!(cause instanceof RequestFailed) || triedAgain.includes(cause.code)) throw cause;
      await this.notTaken(kept.id, cause);
    }
  }

  /** The machine had a repair already: photos and parts of the new one go there. */
  private async join(from: string, into: RepairShown): Promise<void> {
    for (const photo of this.photos.value.filter(one => one.repair === from)) await this.store.putPhoto({ ...photo, repair: into.id });
    this.photos.value = this.photos.value.map(photo => (photo.repair === from ? { ...photo, repair: into.id } : photo));
    for (const deed of this.deeds.value.filter(one => one.body.repair === from))
      await this.putDeed({ ...deed, body: { ...deed.body, repair: into.id } });
    this.onSaved(into);
    this.onJoined(from, into);
    await this.drop(from);
    this.joined.value = [...this.joined.value, { from, into }];
  }

  private async notTaken(id: string, cause: RequestFailed): Promise<void> {
    const kept = this.keptOf(id);
    if (!kept) return;
    const theirs = cause.code === 'conflict' && kept.log === null ? await this.theirs(id) : null;
    await this.put(theirs ? metBy(kept, theirs) : { ...kept, trouble: { code: 'refused', message: cause.message } });
  }

  /** Null when it may not be read any more: it was handed over to another station. */
  private async theirs(id: string): Promise<RepairShown | null> {
    try {
      return await ask('repair', { id });
    } catch (cause) {
      if (!(cause instanceof RequestFailed) || triedAgain.includes(cause.code)) throw cause;
      return null;
    }
  }

  private async sendPhoto(photo: KeptPhoto): Promise<void> {
    try {
      this.onSaved(await ask('addPhoto', { id: photo.repair }, { file: photo.bytes }));
      await this.discardPhoto(photo.key);
    } catch (cause) {
      if (!(cause instanceof RequestFailed) || triedAgain.includes(cause.code)) throw cause;
      const refused = { ...photo, refused: cause.message };
      await this.store.putPhoto(refused);
      this.photos.value = this.photos.value.map(one => (one.key === photo.key ? refused : one));
    }
  }

  private async put(kept: Kept): Promise<void> {
    const others = this.repairs.value.filter(one => one.id !== kept.id);
    this.repairs.value = [...others, kept];
    await this.store.putRepair(kept);
  }

  private async drop(id: string): Promise<void> {
    this.repairs.value = this.repairs.value.filter(one => one.id !== id);
    await this.store.dropRepair(id);
  }
}
