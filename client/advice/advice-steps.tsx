import type { Advice, AdviceStep } from '../../shared/advice.ts';
import { shortDay } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { mu, timeNear } from '../state/format.ts';
import { unitNames } from './unit-names.ts';
import { adviceWords, reasonText } from './words.ts';

/** So many are shown at once. */
const FEW = 6;

/** Which machine goes where, when, and why this one; below it what is for later. */
export function AdviceSteps({ advice, now, onMachine }: { advice: Advice; now: number; onMachine?: (machine: string) => void }) {
  const text = adviceWords.value;
  const names = unitNames(advice);
  const sent = advice.steps.filter(step => !step.isLater);
  const later = advice.steps.filter(step => step.isLater);
  const firstDay = sent[0]?.day ?? '';
  const laterMoves = advice.moves?.moves.filter(({ day }) => day > firstDay) ?? [];
  const list = (steps: readonly AdviceStep[]) => (
    <ol class="advice__steps">
      {steps.map(step => (
        <Step key={step.offer.id} step={step} now={now} from={step.from ? names(step.from) : ''} {...(onMachine && { onMachine })} />
      ))}
    </ol>
  );
  return (
    <>
      {sent.length > 0 && (
        <details class="advice__part" open={sent.length <= FEW}>
          <summary>{advice.kind === 'moves' ? text.steps(sent.length) : text.orders(sent.length)}</summary>
          {list(sent)}
        </details>
      )}
      {later.length > 0 && (
        <details class="advice__part">
          <summary>{text.laterSteps(later.length)}</summary>
          {list(later)}
        </details>
      )}
      {laterMoves.length > 0 && (
        <details class="advice__part">
          <summary>{text.laterMoves}</summary>
          <ul class="advice__reasons">
            {laterMoves.map(({ day, kind, machines, from, to }) => (
              <li key={`${day} ${kind} ${from} ${to}`}>
                {shortDay(day)} · {text.way(machines, text.machineKinds[kind] ?? kind, names(from), names(to))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Step({ step, now, from, onMachine }: { step: AdviceStep; now: number; from: string; onMachine?: (machine: string) => void }) {
  const { offer, plate, operatorName, placeName, startsAt, endsAt, why } = step;
  const when = startsAt !== null && endsAt !== null ? `${timeNear(startsAt, now)}–${timeNear(endsAt, now)}` : null;
  return (
    <li class="advice__step">
      <p>
        {onMachine ? (
          <button type="button" class="link" onClick={() => onMachine(offer.machine)}>
            {plate}
          </button>
        ) : (
          <a href={`/#//machine/${encodeURIComponent(offer.machine)}`}>{plate}</a>
        )}{' '}
        <span class="muted">{operatorName}</span> {offer.kind === 'move' && `${from} `}→ {placeName}
        {offer.areaMu !== null && (
          <>
            {' '}
            · {mu(offer.areaMu)} {adviceWords.value.area}
          </>
        )}
        {when && <> · {when}</>}
      </p>
      <small>{why.map(reasonText).join(words.value.semicolon)}</small>
    </li>
  );
}
