import type { RepairChanges, RepairShown } from '../../shared/repair.ts';
import { repairWords } from '../language/repairs.ts';
import { mu } from '../state/format.ts';
import { show } from './address.ts';
import { bayWords } from './bay-words.ts';
import { useCopied } from './copied.ts';
import type { StationDesk } from './station-desk.ts';

/** Null: not a number of 0 or more. */
export function amountIn(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(value) || value < 0 ? null : value;
}

export const partsYuan = (repair: RepairShown): number =>
  repair.used.reduce((sum, { quantity, priceYuan }) => sum + quantity * (priceYuan ?? 0), 0);

interface EffortParts {
  repair: RepairShown;
  desk: StationDesk;
  change: (changes: RepairChanges, isTyping?: boolean) => void;
}

/** Who, how long, what it costs: labour and parts together. */
export function EffortPart({ repair, desk, change }: EffortParts) {
  const text = repairWords.value;
  const total = (repair.costYuan ?? 0) + partsYuan(repair);
  const amount = (name: 'hours' | 'costYuan') => (
    <label class="times__row" key={name}>
      <span>{text[name]}</span>
      <input
        class="station__input"
        name={name}
        inputMode="decimal"
        value={repair[name] ?? ''}
        onChange={event => {
          const value = amountIn(event.currentTarget.value);
          if (value === null && event.currentTarget.value.trim() !== '') event.currentTarget.value = String(repair[name] ?? '');
          else change({ [name]: value });
        }}
      />
    </label>
  );
  return (
    <section>
      <h3>
        {bayWords.value.effort.title}
        {total > 0 && (
          <small>
            {' '}
            {bayWords.value.effort.total} {bayWords.value.effort.yuan(mu(total))}
          </small>
        )}
      </h3>
      <div class="times">
        <label class="times__row">
          <span>{text.mechanic}</span>
          <input
            class="station__input"
            name="mechanic"
            maxLength={60}
            value={repair.mechanic}
            onInput={event => change({ mechanic: event.currentTarget.value }, true)}
          />
        </label>
        {repair.station !== null && <TeamChoice repair={repair} desk={desk} station={repair.station} change={change} />}
        {amount('hours')}
        {amount('costYuan')}
      </div>
    </section>
  );
}

/** One of the station's teams, none, or the page on which one is added; a name that was written down before stays. */
function TeamChoice({ repair, desk, station, change }: EffortParts & { station: string }) {
  const text = bayWords.value.effort;
  const names = useCopied(desk, 'teams', { station }).copied?.value.teams.map(team => team.name) ?? [];
  const shown = repair.team === '' || names.includes(repair.team) ? names : [repair.team, ...names];
  return (
    <label class="times__row">
      <span>{repairWords.value.team}</span>
      <select
        class="select station__input"
        name="team"
        value={repair.team}
        onChange={event => {
          if (event.currentTarget.value === ADD) show({ list: 'teams', card: null });
          else change({ team: event.currentTarget.value });
        }}
      >
        <option value="">{text.noTeam}</option>
        {shown.map(name => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value={ADD}>＋ {text.addTeam}</option>
      </select>
    </label>
  );
}

/** No name of a team: it begins with a control character. */
const ADD = '\u0000add';
