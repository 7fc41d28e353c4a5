import type { Operation } from '../../shared/season.ts';
import { openDrawer } from '../connection/address.ts';
import { words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { mu } from '../state/format.ts';
import { candidatesOf } from './candidates-of.ts';
import { candidateWords } from './words.ts';

/** What was worked on ground that no field is known for: apart from every other figure. */
export function UnmappedNote({ desk, division, operation }: { desk: Desk; division: string; operation: Operation }) {
  const own = candidatesOf(desk, division)?.filter(one => one.operation === operation) ?? [];
  if (own.length === 0) return null;
  const text = candidateWords.value;
  return (
    <button type="button" class="sources sources--unmapped" title={text.unmappedHint} onClick={() => openDrawer({ kind: 'candidates' })}>
      <i class="swatch swatch--candidate" /> {text.unmapped} <b>{words.value.area(mu(own.reduce((sum, one) => sum + one.coveredMu, 0)))}</b>
    </button>
  );
}
