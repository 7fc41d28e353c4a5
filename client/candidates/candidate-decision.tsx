import { useSignal } from '@preact/signals';
import { openDrawer } from '../connection/address.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { nameOf, words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { mu } from '../state/format.ts';
import type { CandidateDetail } from './candidate-drawer.tsx';
import { candidateWords } from './words.ts';

interface DecisionParts {
  candidate: CandidateDetail;
  desk: Desk;
  reload: () => void;
}

/** Makes a field of it, joins it with what lies beside it, or says that it is none. */
export function CandidateDecision({ candidate, desk, reload }: DecisionParts) {
  const text = candidateWords.value;
  const busy = useSignal(false);
  const failed = useSignal<RequestFailed | null>(null);
  const { id, version } = candidate;
  const act = async (work: () => Promise<unknown>) => {
    busy.value = true;
    failed.value = null;
    try {
      await work();
      desk.candidatesAsked.value += 1;
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause;
      reload();
    }
    busy.value = false;
  };
  return (
    <>
      <Confirm
        candidate={candidate}
        desk={desk}
        busy={busy.value}
        onConfirm={wish =>
          void act(async () => {
            const field = await ask('confirmCandidate', { id }, { body: { version, ...wish, ripeDate: null } });
            openDrawer({ kind: 'field', id: field.id });
          })
        }
      />
      <p class="here">
        <button
          type="button"
          class="button"
          onClick={() => {
            desk.drawing.value = { kind: 'candidate', id, version, polygon: candidate.polygon };
          }}
        >
          {text.edit}
        </button>
      </p>
      {failed.value && (
        <p class="note note--late" role="alert">
          {failureText(failed.value)}
        </p>
      )}
      <Beside
        candidate={candidate}
        busy={busy.value}
        onMerge={others => void act(() => ask('mergeCandidates', {}, { body: { candidates: [{ id, version }, ...others] } }).then(reload))}
        onEnlarge={field =>
          void act(async () => {
            await ask('enlargeField', { id }, { body: { version, field } });
            openDrawer({ kind: 'field', id: field.id });
          })
        }
      />
      <Discard
        busy={busy.value}
        onDiscard={reason => void act(() => ask('discardCandidate', { id }, { body: { version, reason } }).then(reload))}
      />
    </>
  );
}

function failureText({ code, field, message }: RequestFailed): string {
  const text = candidateWords.value;
  if (code === 'conflict') return field === 'polygon' ? text.refused(text.tooFar) : text.changed;
  return code === 'invalid' ? text.refused(message) : words.value.problems[code];
}

interface Wish {
  town: string;
  village: string;
  crop: string;
}

function Confirm({
  candidate,
  desk,
  busy,
  onConfirm,
}: {
  candidate: CandidateDetail;
  desk: Desk;
  busy: boolean;
  onConfirm: (wish: Wish) => void;
}) {
  const text = candidateWords.value;
  const wish = useSignal<Wish>({
    town: candidate.town ?? '',
    village: candidate.village,
    crop: candidate.operation === 'sow' ? 'corn' : 'wheat',
  });
  const towns = [...desk.divisions.values()].filter(one => one.level === 'town' && one.parent === candidate.county);
  const change = (part: Partial<Wish>) => {
    wish.value = { ...wish.value, ...part };
  };
  return (
    <form
      class="candidate-form"
      onSubmit={event => {
        event.preventDefault();
        onConfirm({ ...wish.value, village: wish.value.village.trim() });
      }}
    >
      <label>
        {text.town}
        <select class="select" required value={wish.value.town} onChange={event => change({ town: event.currentTarget.value })}>
          <option value="" disabled>
            —
          </option>
          {towns.map(town => (
            <option key={town.code} value={town.code}>
              {nameOf(town)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text.village}
        <input
          class="form__input"
          maxLength={40}
          value={wish.value.village}
          onInput={event => change({ village: event.currentTarget.value })}
        />
      </label>
      <label>
        {text.crop}
        <select class="select" value={wish.value.crop} onChange={event => change({ crop: event.currentTarget.value })}>
          {Object.entries(text.crops).map(([crop, name]) => (
            <option key={crop} value={crop}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p class="note">
        {text.nearby} {text.confirmNote}
      </p>
      <button type="submit" class="button button--main" disabled={busy || wish.value.town === ''}>
        {text.confirm}
      </button>
    </form>
  );
}

interface Named {
  id: string;
  version: number;
}
interface BesideParts {
  candidate: CandidateDetail;
  busy: boolean;
  onMerge: (others: Named[]) => void;
  onEnlarge: (field: Named) => void;
}

function Beside({ candidate: { beside }, busy, onMerge, onEnlarge }: BesideParts) {
  const text = candidateWords.value;
  const { area } = words.value;
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  if (beside.candidates.length === 0 && beside.fields.length === 0) return null;
  const named = ({ id, version }: Named): Named => ({ id, version });
  return (
    <section>
      <h3>{text.merge}</h3>
      <p class="note">{text.mergeNote}</p>
      {beside.candidates.map(one => (
        <label key={one.id} class="candidate-choice">
          <input
            type="checkbox"
            checked={chosen.value.has(one.id)}
            onChange={event => {
              const next = new Set(chosen.value);
              if (event.currentTarget.checked) next.add(one.id);
              else next.delete(one.id);
              chosen.value = next;
            }}
          />{' '}
          {text.mergeWith(area(mu(one.areaMu)))}
        </label>
      ))}
      {beside.candidates.length > 0 && (
        <button
          type="button"
          class="button"
          disabled={busy || chosen.value.size === 0}
          onClick={() => onMerge(beside.candidates.filter(({ id }) => chosen.value.has(id)).map(named))}
        >
          {text.merge}
        </button>
      )}
      <ul class="plain-list">
        {beside.fields.map(field => (
          <li key={field.id}>
            <button type="button" class="row row--plain" disabled={busy} onClick={() => onEnlarge(named(field))}>
              <span>{text.enlarge([field.village, field.id].filter(Boolean).join(' · '), area(mu(field.areaMu)))}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Discard({ busy, onDiscard }: { busy: boolean; onDiscard: (reason: string) => void }) {
  const text = candidateWords.value;
  const reason = useSignal('');
  return (
    <form
      class="candidate-form"
      onSubmit={event => {
        event.preventDefault();
        onDiscard(reason.value.trim());
      }}
    >
      <h3>{text.discard}</h3>
      <label>
        {text.discardWhy}
        <input
          class="form__input"
          list="candidate-reasons"
          required
          maxLength={200}
          value={reason.value}
          onInput={event => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <datalist id="candidate-reasons">
        {text.reasons.map(one => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <button type="submit" class="button" disabled={busy || reason.value.trim() === ''}>
        {text.discard}
      </button>
    </form>
  );
}
