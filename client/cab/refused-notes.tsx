import { settleRefused } from './acts.ts';
import { ownership, stored } from './cab-state.ts';
import { useOnce } from './call.tsx';
import { claimWords } from './claim-words.ts';
import type { Engine } from './engine.ts';
import type { Errand } from './store.ts';

type ClaimErrand = Errand & { route: 'requestFuel' | 'object' | 'claimFinished' | 'tickMaintenance' };
const isClaim = (errand: Errand): errand is ClaimErrand =>
  ['requestFuel', 'object', 'claimFinished', 'tickMaintenance'].includes(errand.route);

/** What the server did not take, in words, until the operator knows. */
export function RefusedNotes({ engine }: { engine: Engine }) {
  const text = claimWords.value;
  const { isBusy, once } = useOnce();
  const refused = stored.value!.errands.filter(isClaim).filter(({ state }) => state === 'refused');
  return (
    <>
      {refused.map(errand => (
        <div key={errand.id} class="cab-note cab-note--late" role="alert">
          <strong>{text.refusedTitles[errand.route]}</strong>
          {errand.about && <p>{errand.about}</p>}
          <p>{whySaid(errand)}</p>
          <button
            type="button"
            class="cab-button"
            disabled={isBusy || ownership.value !== 'owner'}
            onClick={() => once(() => settleRefused(engine, errand.id))}
          >
            {text.understood}
          </button>
        </div>
      ))}
    </>
  );
}

function whySaid({ route, problem = '' }: ClaimErrand): string {
  const { conflicts } = claimWords.value;
  if (problem.startsWith('open:')) return route === 'requestFuel' ? conflicts.openFuel : conflicts.open;
  if (problem.startsWith('gone:') || problem.startsWith('there is no field')) return conflicts.gone;
  return problem.includes('season is closed') ? conflicts.closed : conflicts.other;
}
