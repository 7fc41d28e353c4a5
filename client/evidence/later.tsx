import type { Evidence } from '../../shared/evidence.ts';
import { words } from '../language/language.ts';
import { count, mu } from '../state/format.ts';
import { stamp } from './stamp.ts';
import { evidenceWords } from './words.ts';

/** What came after the measuring: corrections from late fixes, objections and what was decided. Nothing where there is none. */
export function Later({ evidence: { corrections, objections } }: { evidence: Evidence }) {
  const text = evidenceWords.value;
  return (
    <>
      {corrections.length > 0 && (
        <section class="sheet-paper__later">
          <h3>{text.corrections}</h3>
          <ul>
            {corrections.map(({ at, plate, fixes, beforeMu, afterMu }, i) => (
              <li key={`${at}${i}`}>{text.correction(stamp(at), { plate, fixes: count(fixes) }, mu(beforeMu), mu(afterMu))}</li>
            ))}
          </ul>
        </section>
      )}
      {objections.length > 0 && (
        <section class="sheet-paper__later">
          <h3>{text.objections}</h3>
          <ul>
            {objections.map((objection, i) => (
              <li key={`${objection.at}${i}`}>{objectionLine(objection)}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function objectionLine(objection: Evidence['objections'][number]): string {
  const text = evidenceWords.value;
  const { at, plate, reason, claimedMu, state, agreedMu, decision, decidedBy, decidedAt } = objection;
  const { reasons, verdicts }: { reasons: Record<string, string>; verdicts: Record<string, string> } = text;
  return [
    text.objection(stamp(at), plate, reasons[reason] ?? reason),
    ...(claimedMu === null ? [] : [text.claimed(mu(claimedMu))]),
    decidedBy !== null && decidedAt !== null
      ? text.decided(decidedBy, stamp(decidedAt), verdicts[state] ?? state, decision)
      : text.undecided,
    ...(agreedMu === null ? [] : [text.agreed(mu(agreedMu))]),
  ].join(words.value.semicolon);
}
