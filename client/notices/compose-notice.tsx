import { useSignal } from '@preact/signals';
import type { NoticeInput } from '../../shared/notice.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { newId } from '../connection/new-id.ts';
import { words } from '../language/language.ts';
import '../style/form.css';
import '../style/modal.css';
import type { UnitName } from './alert-sentence.ts';
import { ChooseMachines, type Chosen } from './choose-machines.tsx';
import { noticeWords } from './words.ts';

const MOST_CHARACTERS = 300;
const kinds = ['combine', 'seeder', 'tractor'] as const;
const untils = ['today', '3', '24', '72'] as const;
const templates = ['rain', 'heat', 'fire'] as const;

/** Whom, what, how long, how urgent; the button says to how many it goes. */
export function ComposeNotice({ division, unitName, onSent }: { division: string; unitName: UnitName; onSent: () => void }) {
  const { compose: text } = noticeWords.value;
  // The same draft keeps its id, so that sending it again after an answer that was lost sends nothing twice.
  const id = useSignal(newId());
  const order = useSignal(new URLSearchParams(location.search).get('order'));
  const chosenKinds = useSignal<NoticeInput['kinds']>([]);
  const machines = useSignal<Chosen[]>([]);
  const body = useSignal('');
  const until = useSignal<(typeof untils)[number]>('today');
  const isSevere = useSignal(false);
  const state = useSignal<{ busy: boolean; sent: number | null; failed: RequestFailed | null }>({ busy: false, sent: null, failed: null });
  const audience = useAnswer('noticeAudience', { division, kinds: chosenKinds.value.join(',') }, 15_000).value;
  const counted = audience.state === 'ready' ? audience.value : null;
  const count = order.value ? 1 : machines.value.length || counted?.machines || 0;
  const send = async () => {
    state.value = { busy: true, sent: null, failed: null };
    try {
      const hours = until.value === 'today' ? null : Number(until.value);
      const asOf = hours === null ? 0 : (await ask('alerts', { division })).asOf;
      const input: NoticeInput = {
        id: id.value,
        division,
        kinds: machines.value.length > 0 ? [] : chosenKinds.value,
        machines: machines.value.map(({ id: machine }) => machine),
        order: order.value,
        isSevere: isSevere.value,
        text: body.value,
        until: hours === null ? null : asOf + hours * 3_600_000,
      };
      const { sentTo } = await ask('sendNotice', {}, { body: input });
      id.value = newId();
      body.value = '';
      state.value = { busy: false, sent: sentTo, failed: null };
      onSent();
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      state.value = { busy: false, sent: null, failed: cause };
    }
  };
  return (
    <form
      class="notices__compose"
      aria-label={text.title}
      onSubmit={event => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>{text.title}</h2>
      {order.value ? (
        <p class="note">
          {text.order(order.value.slice(0, 8))}{' '}
          <button type="button" class="link" onClick={() => (order.value = null)}>
            {text.noOrder}
          </button>
        </p>
      ) : (
        <>
          <p>
            <span class="form__label">{text.to}</span> {unitName(division)}
          </p>
          {machines.value.length === 0 && (
            <fieldset class="notices__kinds">
              <legend class="form__label">{text.kinds}</legend>
              {kinds.map(kind => (
                <label key={kind}>
                  <input
                    type="checkbox"
                    checked={chosenKinds.value.includes(kind)}
                    onChange={() => {
                      const without = chosenKinds.value.filter(one => one !== kind);
                      chosenKinds.value = without.length < chosenKinds.value.length ? without : [...without, kind];
                    }}
                  />
                  {words.value.kinds[kind]}
                </label>
              ))}
              <small>{text.kindsHint}</small>
            </fieldset>
          )}
          <ChooseMachines chosen={machines} />
        </>
      )}
      <TextPart body={body} />
      <label class="notices__line">
        <span class="form__label">{text.until}</span>
        <select
          class="select"
          value={until.value}
          onChange={event => {
            until.value = event.currentTarget.value as (typeof untils)[number];
          }}
        >
          {untils.map(one => (
            <option key={one} value={one}>
              {text.untils[one]}
            </option>
          ))}
        </select>
      </label>
      <label class="notices__check">
        <input type="checkbox" checked={isSevere.value} onChange={() => (isSevere.value = !isSevere.value)} />
        {text.severe}
      </label>
      {!order.value && machines.value.length === 0 && (
        <p class="muted" aria-live="polite">
          {counted === null ? text.counting : counted.machines === 0 ? text.nobody : text.audience(counted.machines, counted.onDuty)}
        </p>
      )}
      <button type="submit" class="button button--main" disabled={state.value.busy || count === 0 || body.value.trim() === ''}>
        {state.value.busy ? text.sending : order.value ? text.sendOrder : text.send(count)}
      </button>
      <small>{noticeWords.value.list.joins}</small>
      {state.value.sent !== null && (
        <p class="note" role="status">
          {text.sent(state.value.sent)}
        </p>
      )}
      {state.value.failed && (
        <p class="note note--late" role="alert">
          {(state.value.failed.field && text.problem[state.value.failed.field]) || words.value.problems[state.value.failed.code]}
        </p>
      )}
    </form>
  );
}

function TextPart({ body }: { body: { value: string } }) {
  const { compose: text } = noticeWords.value;
  return (
    <>
      <label class="notices__line">
        <span class="form__label">{text.template}</span>
        <select
          class="select"
          value=""
          onChange={event => {
            const chosen = templates.find(one => one === event.currentTarget.value);
            if (chosen) body.value = text.texts[chosen];
            event.currentTarget.value = '';
          }}
        >
          <option value="">{text.noTemplate}</option>
          {templates.map(one => (
            <option key={one} value={one}>
              {text.templates[one]}
            </option>
          ))}
        </select>
      </label>
      <label class="notices__text">
        <span class="form__label">{text.text}</span>
        <textarea
          class="form__input"
          rows={5}
          maxLength={MOST_CHARACTERS}
          required
          value={body.value}
          onInput={event => {
            body.value = event.currentTarget.value;
          }}
        />
        <small>{text.left(MOST_CHARACTERS - body.value.length)}</small>
      </label>
    </>
  );
}
