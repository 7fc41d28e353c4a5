import type { FinishVerdict } from '../../shared/claim.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { whenText } from '../language/dates.ts';
import { words } from '../language/language.ts';
import { mu } from '../state/format.ts';
import { JudgeButtons } from './judge-buttons.tsx';
import './claims.css';
import { claimListWords } from './words.ts';

interface SaidParts {
  field: string;
  work: RouteOutput<'field'>['operations'][number];
  now: number;
  mayWrite: boolean;
  onChanged: () => void;
}

/** In a field's drawer: who said that it is finished or not, what the rules find, and the buttons to say otherwise. */
export function FinishSaid({ field, work, now, mayWrite, onChanged }: SaidParts) {
  const text = claimListWords.value;
  const { office, claim } = work.said;
  const stands = office !== null && office.word !== 'rule';
  const sayable: FinishVerdict[] = [
    ...(work.finishedAt === null ? (['finished'] as const) : (['open'] as const)),
    ...(stands ? (['rule'] as const) : []),
  ];
  return (
    <>
      {[office, claim].map(
        said =>
          said && (
            <p key={said.id} class="note">
              {text.word[said.word](said.by, whenText(said.at, now))}
              {said.reason !== '' && `${words.value.colon}${said.reason}`}
            </p>
          ),
      )}
      {work.byRule && (
        <p class="note">
          {text.ruleSays(mu(work.byRule.coveredMu))} · {work.byRule.finishedAt === null ? text.ruleOpen : text.ruleFinished}
        </p>
      )}
      {mayWrite && <JudgeButtons field={field} operation={work.operation} words={sayable} onChanged={onChanged} />}
    </>
  );
}
