import { useSignal } from '@preact/signals';
import { permissions } from '../../shared/permissions.ts';
import type { ShownPermit } from '../../shared/permit.ts';
import { isRefused } from '../../shared/reception.ts';
import { addDays, dayOf } from '../../shared/season.ts';
import { words } from '../language/language.ts';
import { Line } from './check-in.tsx';
import type { CardParts } from './visit-card.tsx';
import { Part } from './visit-card.tsx';
import { receptionWords } from './words.ts';

/** 跨区作业证: what stands on it is typed and judged at once, with each fault in words. */
export function PermitPart(parts: CardParts) {
  const { desk, visit, mayWrite } = parts;
  const text = receptionWords.value.permit;
  const isTyping = useSignal(false);
  const held = visit.permit;
  if (isTyping.value || (held === null && mayWrite)) return <PermitForm {...parts} done={() => (isTyping.value = false)} />;
  if (held === null) return <Part name={text.title}>{text.none}</Part>;
  const { permit, verdict, allowed } = held;
  const isBad = isRefused(visit);
  const mayAllow = permissions[desk.session.role]['permit:issue'] !== 'none';
  return (
    <Part name={text.title}>
      <p class={`note ${isBad ? 'note--late' : 'note--good'}`} role="status">
        <b>{isBad ? `✕ ${text.refused}` : verdict.faults.length === 0 ? `✓ ${text.good}` : `✓ ${text.allow}`}</b>
        {verdict.faults.length > 0 && <span> · {verdict.faults.map(fault => text.faults[fault]).join(words.value.semicolon)}</span>}
        {allowed && <span class="reception__block">{text.allowedBy(allowed.by, allowed.reason)}</span>}
        <span class="reception__block">{verdict.source === 'own' ? text.own : text.shapeOnly}</span>
      </p>
      <p class="muted">
        <bdi class="typed">
          {[permit.number, permit.plate, permit.holder, permit.issuedBy, permit.crops].filter(Boolean).join(' · ')} · {permit.from} —{' '}
          {permit.to}
        </bdi>
      </p>
      {isBad && mayAllow && mayWrite && <Allow {...parts} />}
      {isBad && !mayAllow && <p class="muted">{text.askDispatcher}</p>}
      {mayWrite && (
        <button type="button" class="link" onClick={() => (isTyping.value = true)}>
          {text.anew}
        </button>
      )}
    </Part>
  );
}

function Allow({ desk, visit }: CardParts) {
  const text = receptionWords.value.permit;
  const reason = useSignal('');
  return (
    <form
      class="reception__find"
      onSubmit={event => {
        event.preventDefault();
        if (reason.value.trim() !== '') void desk.write(visit.id, { kind: 'allowed', reason: reason.value.trim() });
      }}
    >
      <input
        class="reception__input"
        maxLength={200}
        required
        placeholder={text.allowReason}
        aria-label={text.allowReason}
        value={reason.value}
        onInput={event => (reason.value = event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {text.allow}
      </button>
    </form>
  );
}

function PermitForm({ desk, visit, done }: CardParts & { done: () => void }) {
  const text = receptionWords.value.permit;
  const { operations } = receptionWords.value;
  const today = dayOf(desk.now.value);
  const operation = visit.kind === 'combine' ? ('harvest' as const) : ('sow' as const);
  const fresh: ShownPermit = {
    number: '',
    plate: visit.plate,
    holder: visit.holder,
    issuedBy: '',
    operation,
    crops: '',
    from: today,
    to: addDays(today, 30),
  };
  const draft = useSignal<ShownPermit>(visit.permit?.permit ?? fresh);
  const set = (part: Partial<ShownPermit>) => {
    draft.value = { ...draft.value, ...part };
  };
  const typed = (key: 'number' | 'plate' | 'holder' | 'issuedBy' | 'crops', most: number) => (
    <Line name={text[key]}>
      <input
        class="reception__input"
        name={`permit-${key}`}
        maxLength={most}
        autocomplete="off"
        required={key === 'number' || key === 'plate'}
        value={draft.value[key]}
        onInput={event => set({ [key]: event.currentTarget.value })}
      />
    </Line>
  );
  const day = (key: 'from' | 'to') => (
    <Line name={text[key]}>
      <input
        class="reception__input"
        type="date"
        name={`permit-${key}`}
        required
        value={draft.value[key]}
        onChange={event => set({ [key]: event.currentTarget.value })}
      />
    </Line>
  );
  const judge = async () => {
    const plain = Object.fromEntries(Object.entries(draft.value).map(([key, value]) => [key, value.trim()])) as ShownPermit;
    await desk.write(visit.id, { kind: 'permit', permit: plain });
    done();
  };
  return (
    <Part name={text.title}>
      <form
        class="reception__form"
        onSubmit={event => {
          event.preventDefault();
          void judge();
        }}
      >
        <div class="reception__pair">
          {typed('number', 40)}
          {typed('issuedBy', 40)}
        </div>
        <div class="reception__pair">
          {typed('plate', 20)}
          {typed('holder', 40)}
        </div>
        <div class="reception__pair">
          <Line name={text.operation}>
            <select
              class="reception__input"
              value={draft.value.operation}
              onChange={event => set({ operation: event.currentTarget.value as 'harvest' | 'sow' })}
            >
              <option value="harvest">{operations.harvest}</option>
              <option value="sow">{operations.sow}</option>
            </select>
          </Line>
          {typed('crops', 40)}
        </div>
        <div class="reception__pair">
          {day('from')}
          {day('to')}
        </div>
        <button type="submit" class="button reception__wide">
          {text.judge}
        </button>
      </form>
    </Part>
  );
}
