import { roles } from '../../shared/permissions.ts';
import { words } from '../language/language.ts';
import { monthAndDay, timeWithSeconds } from '../state/format.ts';
import { auditWords } from './audit-words.ts';
import { type Difference, differences } from './differences.ts';

const MOST_SHOWN = 8;

/** What an event changed, line by line: was → is. */
export function Changes({ before, after }: { before: unknown; after: unknown }) {
  const text = auditWords.value;
  const all = differences(before, after);
  if (all.length === 0) return <span class="muted">{text.noChanges}</span>;
  return (
    <ul class="changes">
      {all.slice(0, MOST_SHOWN).map(one => (
        <Change key={one.path.join('.')} {...one} />
      ))}
      {all.length > MOST_SHOWN && <li class="muted">{text.moreChanges(all.length - MOST_SHOWN)}</li>}
    </ul>
  );
}

function Change({ path, before, after }: Difference) {
  const text = auditWords.value;
  const name = path.map(member => text.members[member] ?? member).join(' · ');
  const last = path.at(-1) ?? '';
  return (
    <li>
      {name && <span class="changes__name">{name}</span>}
      {before !== undefined && <del>{shown(last, before)}</del>}
      {before !== undefined && <span aria-hidden="true"> → </span>}
      {after === undefined ? <span class="muted">{text.gone}</span> : <ins>{shown(last, after)}</ins>}
    </li>
  );
}

const ofChoice = new Set(['kind', 'drive', 'origin', 'operation', 'state']);

/** Roles, choices and instants in the reader's words, everything else as it is stored. */
function shown(member: string, value: string): string {
  if (member === 'role') return words.value.roles[roles.find(role => role === value) ?? 'device'];
  if (ofChoice.has(member)) return auditWords.value.values[value] ?? value;
  if (value === 'true' || value === 'false') return auditWords.value[value === 'true' ? 'yes' : 'no'];
  if (/(At|Until|^at|^from|^to)$/.test(member) && /^\d{12,14}$/.test(value))
    return `${monthAndDay(Number(value))} ${timeWithSeconds(Number(value))}`;
  return value;
}
