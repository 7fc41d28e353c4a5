import { useSignal } from '@preact/signals';
import type { Advice } from '../../shared/advice.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { mu } from '../state/format.ts';
import './advice.css';
import { AdviceEffect } from './advice-effect.tsx';
import { AdviceSteps } from './advice-steps.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { unitNames } from './unit-names.ts';
import { adviceWords, reasonText } from './words.ts';

const OLD_MS = 3_600_000;
/** More reasons than this are behind a click. */
const MOST_REASONS = 4;

export interface AdviceCardParts {
  advice: Advice;
  /** The season's clock. */
  now: number;
  /** Without it the card only tells. */
  mayDecide: boolean;
  /** After a decision, or when it turned out that the advice is not as it was: what is shown should be asked for again. */
  onChanged: () => void;
  /** Of a step that was clicked: for a map beside it. */
  onMachine?: (machine: string) => void;
}

/** One piece of advice: what, why, what it does, and what a person makes of it. */
export function AdviceCard({ advice, now, mayDecide, onChanged, onMachine }: AdviceCardParts) {
  const text = adviceWords.value;
  const dialog = useSignal<'approve' | 'edit' | 'refuse' | null>(null);
  const { kind, operation, state, at, reasons, decision, staleMachines } = advice;
  const sent = advice.steps.filter(step => !step.isLater);
  return (
    <article class={`advice advice--${state}`} aria-label={`${text.kinds[kind]} · ${words.value.operations[operation]}`}>
      <header class="advice__head">
        <span class="advice__kind">
          {kind === 'moves' ? '⇄' : '☷'} {text.kinds[kind]} · {words.value.operations[operation]}
        </span>
        <span class={`chip ${state === 'open' ? 'chip--late' : ''}`}>{text.states[state]}</span>
        <small>{text.made(whenText(at, now))}</small>
      </header>
      <h3 class="advice__headline">{headlineOf(advice)}</h3>
      {kind === 'moves' && <Ways advice={advice} />}
      <Reasons reasons={reasons.map(reasonText)} />
      <AdviceEffect advice={advice} />
      <AdviceSteps advice={advice} now={now} {...(onMachine && { onMachine })} />
      {staleMachines.length > 0 && (
        <details class="advice__part">
          <summary>{text.stale(staleMachines.length)}</summary>
          <p class="muted">{staleMachines.join('、')}</p>
        </details>
      )}
      {state === 'open' && now - at > OLD_MS && <p class="note note--late">{text.old}</p>}
      {decision && (
        <p class="note">
          {text.decided(text.states[state], decision.by, whenText(decision.at, now))}
          {decision.edited && ` · ${text.edited}`}
          {decision.reason !== '' && ` · ${text.reason}${words.value.colon}${decision.reason}`}
        </p>
      )}
      {state === 'open' && mayDecide && (
        <footer class="advice__acts">
          {sent.length > 0 && (
            <>
              <Act name="approve" main open={dialog} />
              <Act name="edit" open={dialog} />
            </>
          )}
          <Act name="refuse" open={dialog} />
        </footer>
      )}
      {dialog.value && (
        <DecideDialog
          advice={advice}
          how={dialog.value}
          onClose={() => {
            dialog.value = null;
          }}
          onChanged={onChanged}
        />
      )}
    </article>
  );
}

function Act({
  name,
  main = false,
  open,
}: {
  name: 'approve' | 'edit' | 'refuse';
  main?: boolean;
  open: { value: 'approve' | 'edit' | 'refuse' | null };
}) {
  return (
    <button
      type="button"
      class={`button ${main ? 'button--main' : ''}`}
      onClick={() => {
        open.value = name;
      }}
    >
      {adviceWords.value[name]}
    </button>
  );
}

/** In one line what would happen. */
export function headlineOf({ kind, operation, steps, moves, plan }: Advice): string {
  const text = adviceWords.value;
  const sent = steps.filter(step => !step.isLater);
  if (sent.length === 0) return text.nothingToSend;
  if (kind === 'plan') return text.planHeadline(sent.length, new Set(sent.map(step => step.offer.machine)).size, mu(plan?.km ?? 0));
  const saved = mu(Math.max(0, (moves?.value.stay.lateMu ?? 0) - (moves?.value.plan.lateMu ?? 0)));
  return operation === 'harvest' ? text.movesHeadline(sent.length, saved) : text.sowHeadline(sent.length, saved);
}

/** How many go from where to where today. */
function Ways({ advice }: { advice: Advice }) {
  const text = adviceWords.value;
  const names = unitNames(advice);
  const counts = new Map<string, number>();
  for (const { from, to, isLater } of advice.steps)
    if (!isLater) counts.set(`${from ?? ''}|${to}`, (counts.get(`${from ?? ''}|${to}`) ?? 0) + 1);
  const kind = text.machineKinds[advice.operation === 'harvest' ? 'combine' : 'seeder'];
  return (
    <ul class="advice__ways">
      {[...counts].map(([key, count]) => {
        const [from, to] = key.split('|');
        return <li key={key}>{text.way(count, kind, names(from), names(to))}</li>;
      })}
    </ul>
  );
}

function Reasons({ reasons }: { reasons: string[] }) {
  const isOpen = useSignal(false);
  if (reasons.length === 0) return null;
  const shown = isOpen.value ? reasons : reasons.slice(0, MOST_REASONS);
  return (
    <section class="advice__part">
      <h4>{adviceWords.value.why}</h4>
      <ul class="advice__reasons">
        {shown.map(reason => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {reasons.length > shown.length && (
        <button
          type="button"
          class="link"
          onClick={() => {
            isOpen.value = true;
          }}
        >
          + {reasons.length - shown.length}
        </button>
      )}
    </section>
  );
}
