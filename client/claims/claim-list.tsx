import { useSignal } from '@preact/signals';
import { useFresh } from '../orders/fresh.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import './claims.css';
import { FinishClaimCard } from './finish-claim-card.tsx';
import { ObjectionCard } from './objection-card.tsx';
import { claimListWords } from './words.ts';

interface ListParts {
  division: string;
  /** Of one field only. */
  field?: string;
  stamp: number;
  mayWrite: boolean;
}

/** What operators say of measured ground: objections, and fields that they call done. The longest waiting first. */
export function ClaimList({ division, field, stamp, mayWrite }: ListParts) {
  const text = claimListWords.value;
  const isAll = useSignal(false);
  const own = useSignal(0);
  const state = isAll.value || field !== undefined ? 'all' : 'open';
  const answer = useFresh('claims', { division, state, ...(field !== undefined && { field }) }, stamp + own.value);
  const changed = () => {
    own.value += 1;
  };
  return (
    <section class="claims">
      <h2>
        {text.title}
        {field === undefined && (
          <button
            type="button"
            class="button claims__all"
            aria-pressed={isAll.value}
            onClick={() => {
              isAll.value = !isAll.value;
            }}
          >
            {isAll.value ? text.openOnly : text.all}
          </button>
        )}
      </h2>
      <Awaited answer={answer}>
        {({ objections, finished, asOf }) => (
          <>
            {objections.length + finished.length === 0 && <Quiet>{field === undefined ? text.none : text.noneOnField}</Quiet>}
            {finished.map(claim => (
              <FinishClaimCard key={claim.id} claim={claim} now={asOf} mayWrite={mayWrite} onChanged={changed} />
            ))}
            {objections.map(objection => (
              <ObjectionCard key={objection.id} objection={objection} now={asOf} mayWrite={mayWrite} onChanged={changed} />
            ))}
          </>
        )}
      </Awaited>
    </section>
  );
}
