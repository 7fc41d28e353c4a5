import { type Signal, useSignal } from '@preact/signals';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { terminalWords } from './words.ts';

type Found = RouteOutput<'search'>['machines'];

/** Number, machine, coordinate system: the machine is found by typing. */
export function EnrolForm({ number }: { number: Signal<string> }) {
  const text = terminalWords.value;
  const machine = useSignal<Found[number] | null>(null);
  const found = useSignal<Found | null>(null);
  const datum = useSignal<'wgs84' | 'gcj02'>('wgs84');
  const failed = useSignal<RequestFailed | null>(null);
  const guarded = async (work: () => Promise<void>) => {
    failed.value = null;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause;
    }
  };
  const look = (q: string) => {
    machine.value = null;
    found.value = null;
    if (q.trim() === '') return;
    void guarded(async () => {
      found.value = (await ask('search', { q })).machines.slice(0, 6);
    });
  };
  const save = () =>
    guarded(async () => {
      await ask('enrolTerminal', {}, { body: { number: number.value.trim(), machine: machine.value!.id, datum: datum.value } });
      number.value = '';
      machine.value = null;
    });
  return (
    <form
      class="terminals__form"
      aria-label={text.enrol}
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        {text.number}
        <input
          inputMode="numeric"
          pattern="\d{1,20}"
          maxLength={20}
          required
          value={number.value}
          onInput={event => {
            number.value = event.currentTarget.value;
          }}
        />
      </label>
      <label>
        {text.machine}
        <input
          placeholder={text.machineHint}
          value={machine.value ? `${machine.value.plate} ${machine.value.operatorName}` : undefined}
          onInput={event => look(event.currentTarget.value)}
        />
      </label>
      <label>
        {text.datum}
        <select
          value={datum.value}
          onChange={event => {
            datum.value = event.currentTarget.value as 'wgs84' | 'gcj02';
          }}
        >
          <option value="wgs84">{text.data.wgs84}</option>
          <option value="gcj02">{text.data.gcj02}</option>
        </select>
      </label>
      <button type="submit" class="button button--main" disabled={machine.value === null || number.value.trim() === ''}>
        {text.save}
      </button>
      {found.value && machine.value === null && (
        <div class="terminals__found">
          {found.value.length === 0 && <span class="muted">{text.noMachine}</span>}
          {found.value.map(card => (
            <button
              key={card.id}
              type="button"
              class="button"
              onClick={() => {
                machine.value = card;
              }}
            >
              {card.plate} · {card.operatorName || card.id} · {words.value.kinds[card.kind]}
            </button>
          ))}
        </div>
      )}
      {failed.value && (
        <p class="note note--late" role="alert">
          {failed.value.code === 'invalid' ? text.refused(failed.value.message) : words.value.problems[failed.value.code]}
        </p>
      )}
    </form>
  );
}
