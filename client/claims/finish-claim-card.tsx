import type { FinishClaim } from '../../shared/claim.ts';
import { evidencePath } from '../evidence/address.ts';
import { whenText } from '../language/dates.ts';
import { mu } from '../state/format.ts';
import { JudgeButtons } from './judge-buttons.tsx';
import { claimListWords } from './words.ts';

interface CardParts {
  claim: FinishClaim;
  now: number;
  mayWrite: boolean;
  onChanged: () => void;
}

/** A field whose operator says that it is done, and that the rules leave open. */
export function FinishClaimCard({ claim, now, mayWrite, onChanged }: CardParts) {
  const text = claimListWords.value;
  const { field, operation, plate, by, village, divisionName, coveredMu, fieldMu } = claim;
  return (
    <article class="claim claim--open">
      <p class="claim__head">
        <strong>
          {plate} {by}
        </strong>
        <span class="claim__state">{text.saysDone}</span>
      </p>
      <p>
        {divisionName}
        {village} · {text.operations[operation]} · {whenText(claim.at, now)}
      </p>
      <p>
        {text.ofField(mu(coveredMu), mu(fieldMu))} · <a href={evidencePath(field, operation)}>{text.evidence}</a>
      </p>
      {mayWrite && <JudgeButtons field={field} operation={operation} words={['finished', 'open']} onChanged={onChanged} />}
    </article>
  );
}
