import type { RepairChanges, RepairShown } from '../../shared/repair.ts';
import { lastStep, overdueMin, type RepairStage } from '../../shared/repair-steps.ts';
import { words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import { timeNear } from '../state/format.ts';
import { bayWords } from './bay-words.ts';

/** Where a repair usually goes from each stage; the main button has the commonest already. */
const next: Record<RepairStage, readonly RepairStage[]> = {
  called: ['taken', 'onWay'],
  taken: ['onWay', 'diagnosing'],
  onWay: ['diagnosing'],
  diagnosing: ['waitingParts', 'repaired', 'tested'],
  waitingParts: ['diagnosing', 'repaired'],
  repaired: ['tested', 'diagnosing'],
  tested: ['diagnosing'],
  closed: [],
};

const minuteSpan = (minutes: number): string =>
  words.value.span(minutes < 120 ? { unit: 'minutes', value: minutes } : { unit: 'hours', value: Math.floor(minutes / 60) });

/** "40 minutes too long": null where it is not. */
export function overdueText(repair: RepairShown, now: number): string | null {
  const over = overdueMin(repair.steps, now);
  return over === null ? null : bayWords.value.stage.limit(minuteSpan(over));
}

interface StageParts {
  repair: RepairShown;
  now: number;
  /** The exact time of a tap. */
  instant: () => number;
  change: (changes: RepairChanges) => void;
}

/** What was passed, when and by whom; and the stages that can follow, each one tap. */
export function StagePart({ repair, now, instant, change }: StageParts) {
  const text = bayWords.value.stage;
  const stages = repairWords.value.stages;
  const last = lastStep(repair.steps);
  const late = overdueText(repair, now);
  return (
    <section class="stage">
      <h3>{text.title}</h3>
      <ol class="stage__passed">
        {repair.steps.map((step, i) => (
          <li key={`${step.stage}${step.at}`} class={i === repair.steps.length - 1 ? 'stage__now' : ''}>
            <b>{stages[step.stage]}</b> <span>{timeNear(step.at, now)}</span> {step.by && <bdi class="muted">{step.by}</bdi>}
          </li>
        ))}
      </ol>
      {late && <p class="stage__late">! {late}</p>}
      {next[last.stage].length > 0 && (
        <fieldset class="chips" aria-label={text.next}>
          {next[last.stage].map(stage => (
            <button
              type="button"
              class="chips__one"
              key={stage}
              onClick={() => change({ addSteps: [{ stage, at: Math.max(instant(), last.at) }] })}
            >
              → {stages[stage]}
            </button>
          ))}
        </fieldset>
      )}
    </section>
  );
}
