import type { RepairChanges, RepairShown } from '../../shared/repair.ts';
import { whenText } from '../language/dates.ts';
import { faultWords } from '../language/faults.ts';
import { repairWords } from '../language/repairs.ts';
import { clashes, type Field, type Kept } from './kept.ts';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';

/** What the server did not take of one repair: both sides of a conflict, or why it was refused; and the ways out. */
export function TroubleNote({ kept, desk }: { kept: Kept; desk: StationDesk }) {
  const text = stationWords.value.trouble;
  const { trouble } = kept;
  if (trouble === null) return null;
  if (trouble.code === 'refused')
    return (
      <div class="note note--late" role="alert">
        <p>
          {text.refused} {reasonOf(trouble.message)}
        </p>
        <button type="button" class="button" onClick={() => void desk.outgoing.discard(kept)}>
          {text.discard}
        </button>
      </div>
    );
  const { theirs } = trouble;
  return (
    <div class="note note--late" role="alert">
      <p>{text.conflict}</p>
      <table class="conflict">
        <thead>
          <tr>
            <th />
            <th>{text.mine}</th>
            <th>{text.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {clashes(kept, theirs).map(field => (
            <tr key={field}>
              <th>{repairWords.value[labelOf[field]] as string}</th>
              <td class="typed">{printed(field, kept.changes, desk)}</td>
              <td class="typed">{printed(field, theirs, desk)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" class="button" onClick={() => void desk.outgoing.insist(kept)}>
        {text.keepMine}
      </button>{' '}
      <button type="button" class="button" onClick={() => void desk.outgoing.discard(kept)}>
        {text.keepTheirs}
      </button>
    </div>
  );
}

const labelOf = {
  machine: 'plate',
  plate: 'plate',
  station: 'station',
  fault: 'fault',
  note: 'note',
  parts: 'parts',
  calledAt: 'calledAt',
  startedAt: 'startedAt',
  finishedAt: 'finishedAt',
  team: 'team',
  mechanic: 'mechanic',
  hours: 'hours',
  costYuan: 'costYuan',
  reworkOf: 'reworkOf',
} as const satisfies Record<Field, string>;

function printed(field: Field, of: RepairChanges | RepairShown, desk: StationDesk): string {
  const value = of[field];
  if (value === null || value === undefined || value === '') return stationWords.value.none;
  if (field === 'hours' || field === 'costYuan') return String(value);
  if (typeof value === 'number') return whenText(value, desk.now.value);
  if (field === 'fault') return faultWords.value[of.fault!];
  if (field === 'station') return desk.about.value?.stations.find(station => station.id === value)?.name ?? value;
  return String(value);
}

/** The server's sentence begins with the field that is wrong. */
function reasonOf(message: string): string {
  const text = stationWords.value.trouble;
  const field = message.split(':')[0];
  if (field in text.fields) return text.fields[field as keyof typeof text.fields];
  return field.startsWith('repair') ? text.forbidden : text.other;
}
