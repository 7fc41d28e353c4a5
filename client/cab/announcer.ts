import { effect } from '@preact/signals';
import { language } from '../language/language.ts';
import { attention, current, isOnDuty, ownership, stored } from './cab-state.ts';
import { type Attention, noticeKey, offerKey, withdrawnKey } from './inbox.ts';
import { sentenceOf } from './order-words.ts';
import { wayTo } from './place.ts';
import { Sound, type Tune } from './sound.ts';
import { type CabDatabase, changeFacts } from './store.ts';

/** A severe notice is called out this often until it is read. */
const REPEAT_MS = 60_000;

const tuneOf: Record<Attention['kind'], Tune> = { severe: 'severe', refused: 'gone', withdrawn: 'gone', offered: 'new' };

/** Calls out once what is new while on duty; what came off duty is shown at the next duty without a sound. */
export class Announcer {
  private readonly sound = new Sound();
  /** What the database is about to know. */
  private readonly told = new Set<string>();
  private shownKey: string | null = null;
  private repeating: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: { database: CabDatabase; changed: () => void }) {}

  listen(): void {
    effect(() => {
      const isHere = ownership.value === 'owner' && current.value !== null && stored.value !== null;
      this.look(isHere ? attention.value : null, isOnDuty.value);
      if (isHere && !isOnDuty.value) this.keep(this.unheard());
    });
  }

  private look(shown: Attention | null, onDuty: boolean): void {
    const key = onDuty ? (shown?.key ?? null) : null;
    if (key !== this.shownKey) {
      this.shownKey = key;
      clearInterval(this.repeating);
      this.sound.hush();
      if (key !== null && shown?.kind === 'severe') this.repeating = setInterval(() => this.callOut(shown), REPEAT_MS);
    }
    if (key === null || shown === null || this.isTold(key)) return;
    this.keep([key]);
    this.callOut(shown);
  }

  private callOut(shown: Attention): void {
    const newest = current.peek()?.newest ?? null;
    const now = stored.peek()?.now ?? 0;
    const sentence = sentenceOf(shown, order => wayTo(order, newest, now));
    this.sound.callOut(tuneOf[shown.kind], sentence, language.peek());
  }

  /** Whatever is there while off duty. */
  private unheard(): string[] {
    const { inbox } = stored.value!.facts;
    const orders = (inbox?.orders ?? []).flatMap(({ id, state }) =>
      state === 'offered' ? [offerKey(id)] : state === 'withdrawn' ? [withdrawnKey(id)] : [],
    );
    return [...orders, ...(inbox?.notices ?? []).map(({ id }) => noticeKey(id))].filter(key => !this.isTold(key));
  }

  private isTold(key: string): boolean {
    return this.told.has(key) || stored.value!.facts.told.includes(key);
  }

  private keep(keys: readonly string[]): void {
    if (keys.length === 0) return;
    for (const key of keys) this.told.add(key);
    void changeFacts(this.options.database, ({ told }) => ({ told: [...new Set([...told, ...keys])] })).then(this.options.changed);
  }
}
