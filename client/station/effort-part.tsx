import type { RepairChanges, RepairShown } from '../../shared/repair.ts';
import { repairWords } from '../language/repairs.ts';
import { mu } from '../state/format.ts';
import { bayWords } from './bay-words.ts';

/** Null: not a number of 0 or more. */
export function amountIn(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(value) || value < 0 ? null : value;
}

export const partsYuan = (repair: RepairShown): number =>
  repair.used.reduce((sum, { quantity, priceYuan }) => sum + quantity * (priceYuan ?? 0), 0);

interface EffortParts {
  repair: RepairShown;
  change: (changes: RepairChanges, isTyping?: boolean) => void;
}

/** Who, how long, what it costs: labour and parts together. */
export function EffortPart({ repair, change }: EffortParts) {
  const text = repairWords.value;
  const total = (repair.costYuan ?? 0) + partsYuan(repair);
  const typed = (name: 'team' | 'mechanic', most: number) => (
    <label class="times__row" key={name}>
      <span>{text[name]}</span>
      <input
        class="station__input"
        name={name}
        maxLength={most}
        value={repair[name]}
        onInput={event => change({ [name]: event.currentTarget.value }, true)}
      />
    </label>
  );
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
        {typed('mechanic', 60)}
        {typed('team', 40)}
        {amount('hours')}
        {amount('costYuan')}
      </div>
    </section>
  );
}
