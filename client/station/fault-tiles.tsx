import { type FaultKind, faultKinds } from '../../shared/repair.ts';
import { faultWords } from '../language/faults.ts';
import { FaultIcon } from '../panels/fault-icon.tsx';

/** What can be broken, as pictures with their words, to be tapped. */
export function FaultTiles({ chosen, choose }: { chosen: FaultKind | null; choose: (fault: FaultKind) => void }) {
  return (
    <div class="tiles">
      {faultKinds.map(fault => (
        <button type="button" class="tiles__one" key={fault} aria-pressed={fault === chosen} onClick={() => choose(fault)}>
          <FaultIcon fault={fault} size={38} />
          {faultWords.value[fault]}
        </button>
      ))}
    </div>
  );
}
