import { useSignal } from '@preact/signals';
import { permissions } from '../../shared/permissions.ts';
import { type Permit, permitStates } from '../../shared/permit.ts';
import { addDays, dayOf } from '../../shared/season.ts';
import { type Answer, useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { newId } from '../connection/new-id.ts';
import { History } from '../history/history.tsx';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { count, timeNear } from '../state/format.ts';
import { useFoundMachines } from '../station/found-machines.ts';
import { Line } from './check-in.tsx';
import type { ReceptionDesk } from './desk.ts';
import { PermitPaper } from './permit-paper.tsx';
import { receptionWords } from './words.ts';

const REFRESH_MS = 10_000;

/** Permits for our own machines that go out: applied for, issued, printed, revoked. */
export function PermitsTab({ desk }: { desk: ReceptionDesk }) {
  const text = receptionWords.value.permits;
  const state = useSignal<(typeof permitStates)[number] | 'all'>('all');
  const q = useSignal('');
  const isApplying = useSignal(false);
  const printed = useSignal<Permit | null>(null);
  const answer = useAnswer('permits', { state: state.value, q: q.value }, REFRESH_MS).value;
  const { role } = desk.session;
  const mayApply = permissions[role]['permit:write'] !== 'none';
  const waiting = desk.outgoing.acts.value.filter(act => act.kind === 'permit' && act.refused === null).length;
  return (
    <section class="reception__page">
      <p class="muted">{text.lead}</p>
      <div class="reception__find">
        <input
          class="reception__input"
          type="search"
          placeholder={text.find}
          aria-label={text.find}
          value={q.value}
          onInput={event => (q.value = event.currentTarget.value)}
        />
        {mayApply && (
          <button type="button" class="button button--main" onClick={() => (isApplying.value = !isApplying.value)}>
            {text.apply}
          </button>
        )}
      </div>
      {isApplying.value && <ApplyForm desk={desk} done={() => (isApplying.value = false)} />}
      {waiting > 0 && <p class="note">◐ {text.sent}</p>}
      <Awaited answer={answer}>
        {({ counts, permits, publicUrl, issuer, asOf }) => (
          <>
            <div class="reception__filter">
              {(['all', ...permitStates] as const).map(one => (
                <button key={one} type="button" class="button" aria-pressed={state.value === one} onClick={() => (state.value = one)}>
                  {one === 'all' ? text.all : `${text.states[one]} ${count(counts[one])}`}
                </button>
              ))}
            </div>
            {permits.length === 0 && <Quiet>{text.none}</Quiet>}
            <ul class="reception__rows">
              {permits.map(permit => (
                <li key={permit.id}>
                  <PermitRow
                    permit={permit}
                    mayIssue={permissions[role]['permit:issue'] !== 'none'}
                    now={asOf}
                    reload={reloadOf(answer)}
                    print={() => (printed.value = permit)}
                  />
                </li>
              ))}
            </ul>
            {printed.value && (
              <PermitPaper
                permit={printed.value}
                desk={desk}
                publicUrl={publicUrl}
                issuer={issuer}
                asOf={asOf}
                done={() => (printed.value = null)}
              />
            )}
          </>
        )}
      </Awaited>
    </section>
  );
}

const reloadOf = (answer: Answer<unknown>): (() => void) => (answer.state === 'ready' ? answer.reload : () => undefined);

interface RowParts {
  permit: Permit;
  mayIssue: boolean;
  now: number;
  reload: () => void;
  print: () => void;
}

function PermitRow({ permit, mayIssue, now, reload, print }: RowParts) {
  const text = receptionWords.value.permits;
  const problem = useSignal<string | null>(null);
  const reason = useSignal<string | null>(null);
  const { id, version, state } = permit;
  const change = async (work: () => Promise<unknown>) => {
    problem.value = null;
    try {
      await work();
      reason.value = null;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      problem.value = cause.code === 'conflict' ? text.changed : words.value.problems[cause.code];
    }
    reload();
  };
  const isOpen = state === 'applied' || state === 'issued';
  return (
    <article class="reception__permit">
      <header>
        <b>
          <bdi>{permit.plate}</bdi>
        </b>{' '}
        {permit.holder}
        <span class={`chip ${state === 'issued' ? 'chip--ahead' : state === 'applied' ? '' : 'chip--late'}`}>{text.states[state]}</span>
      </header>
      <p>
        {permit.number && <b>{permit.number}</b>} {permit.destination} · {receptionWords.value.operations[permit.operation]} {permit.crops}{' '}
        · <span class="reception__whole">{text.until(permit.from, permit.to)}</span>
      </p>
      <p class="muted">
        {text.applied(permit.appliedBy, timeNear(permit.appliedAt, now))}
        {permit.issuedAt !== null && ` · ${text.issued(permit.issuedBy ?? '', timeNear(permit.issuedAt, now))}`}
        {permit.endedBy !== null && ` · ${text.ended(permit.endedBy, permit.reason)}`}
      </p>
      {problem.value && (
        <p class="note note--late" role="alert">
          {problem.value}
        </p>
      )}
      <div class="reception__actions">
        {state === 'issued' && (
          <button type="button" class="button" onClick={print}>
            {text.print}
          </button>
        )}
        {mayIssue && state === 'applied' && (
          <button
            type="button"
            class="button button--main"
            onClick={() => void change(() => ask('issuePermit', { id }, { body: { version } }))}
          >
            {text.issue}
          </button>
        )}
        {mayIssue && isOpen && reason.value === null && (
          <button type="button" class="button" onClick={() => (reason.value = '')}>
            {state === 'applied' ? text.refuse : text.revoke}…
          </button>
        )}
      </div>
      {reason.value !== null && (
        <form
          class="reception__find"
          onSubmit={event => {
            event.preventDefault();
            void change(() => ask('endPermit', { id }, { body: { version, reason: reason.value!.trim() } }));
          }}
        >
          <input
            class="reception__input"
            required
            maxLength={200}
            placeholder={text.reason}
            aria-label={text.reason}
            value={reason.value}
            onInput={event => (reason.value = event.currentTarget.value)}
          />
          <button type="submit" class="button">
            {state === 'applied' ? text.refuse : text.revoke}
          </button>
        </form>
      )}
      <History kind="permit" id={id} stamp={version} />
    </article>
  );
}

function ApplyForm({ desk, done }: { desk: ReceptionDesk; done: () => void }) {
  const text = receptionWords.value;
  const today = dayOf(desk.now.value);
  const machine = useSignal<{ id: string; plate: string } | null>(null);
  const typed = useSignal('');
  const draft = useSignal({
    operation: 'harvest' as 'harvest' | 'sow',
    crops: '小麦',
    destination: '',
    from: today,
    to: addDays(today, 30),
  });
  const found = useFoundMachines(machine.value ? '' : typed.value.trim()).filter(({ origin }) => origin === 'home');
  const set = (part: Partial<typeof draft.value>) => {
    draft.value = { ...draft.value, ...part };
  };
  const apply = async () => {
    if (!machine.value) return;
    const id = newId();
    const { destination, crops, ...rest } = draft.value;
    await desk.outgoing.add({
      kind: 'permit',
      id,
      body: { ...rest, id, machine: machine.value.id, destination: destination.trim(), crops: crops.trim() },
    });
    done();
  };
  const line = (key: 'crops' | 'destination', name: string, most: number) => (
    <Line name={name}>
      <input
        class="reception__input"
        name={key}
        required
        maxLength={most}
        value={draft.value[key]}
        onInput={event => set({ [key]: event.currentTarget.value })}
      />
    </Line>
  );
  const day = (key: 'from' | 'to') => (
    <Line name={text.permit[key]}>
      <input
        class="reception__input"
        type="date"
        required
        value={draft.value[key]}
        onChange={event => set({ [key]: event.currentTarget.value })}
      />
    </Line>
  );
  return (
    <form
      class="reception__form reception__sheet"
      onSubmit={event => {
        event.preventDefault();
        void apply();
      }}
    >
      <Line name={text.permits.machine}>
        <input
          class="reception__input"
          name="machine"
          required
          autocomplete="off"
          placeholder={text.permits.machineHint}
          value={machine.value?.plate ?? typed.value}
          onInput={event => {
            machine.value = null;
            typed.value = event.currentTarget.value;
          }}
        />
      </Line>
      <div class="reception__chips">
        {found.slice(0, 5).map(card => (
          <button key={card.id} type="button" class="button" onClick={() => (machine.value = card)}>
            <bdi>{card.plate}</bdi> {card.operatorName}
          </button>
        ))}
      </div>
      {line('destination', text.permits.destination, 60)}
      <div class="reception__pair">
        <Line name={text.permit.operation}>
          <select
            class="reception__input"
            value={draft.value.operation}
            onChange={event => set({ operation: event.currentTarget.value as 'harvest' | 'sow' })}
          >
            <option value="harvest">{text.operations.harvest}</option>
            <option value="sow">{text.operations.sow}</option>
          </select>
        </Line>
        {line('crops', text.permit.crops, 40)}
      </div>
      <div class="reception__pair">
        {day('from')}
        {day('to')}
      </div>
      <button type="submit" class="button button--main reception__wide" disabled={machine.value === null}>
        {text.permits.apply}
      </button>
    </form>
  );
}
