import type { RouteOutput } from '../../shared/rest.ts';
import { dayStart } from '../../shared/season.ts';
import { dayName } from '../language/dates.ts';
import { nameOf } from '../language/language.ts';
import { monthAndDay, timeOfDay } from '../state/format.ts';
import { cellKey, printCell, type RainDraft, readCell } from './rain-draft.ts';
import { weatherWords } from './words.ts';

type RainAnswer = RouteOutput<'rain'>;

interface RainTableParts {
  answer: RainAnswer;
  draft: RainDraft;
  write: (key: string, typed: string) => void;
  paste: (row: number, column: number, block: string) => void;
}

/** A day a column, a unit a row; what a county takes from the city stands faintly in its empty cells. */
export function RainTable(parts: RainTableParts) {
  const { answer } = parts;
  const text = weatherWords.value.grid;
  return (
    <div class="rain-grid">
      <table>
        <thead>
          <tr>
            <th scope="col">{text.unit}</th>
            {answer.days.map(day => (
              <th scope="col" key={day} class={day === answer.today ? 'rain-grid__today' : ''}>
                {dayParts(day).map(part => (
                  <span key={part}>{part}</span>
                ))}
                {day === answer.today && <span class="chip">{text.today}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.units.map((unit, row) => (
            <tr key={unit.division}>
              <th scope="row">{nameOf(unit)}</th>
              {answer.days.map((day, column) => (
                <Cell key={day} {...parts} row={row} column={column} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const dayParts = (day: string): string[] => dayName(dayStart(day)).split(/[ ,，]+/);

function Cell({ answer, draft, write, paste, row, column }: RainTableParts & { row: number; column: number }) {
  const text = weatherWords.value.grid;
  const unit = answer.units[row];
  const day = answer.days[column];
  const stored = unit.rain[column];
  const key = cellKey(unit.division, day);
  const typed = draft.get(key);
  const shown = typed ?? printCell(stored?.rainMm);
  const rainMm = readCell(shown);
  // The first row is the city's: its amounts hold wherever a county says nothing.
  const [city] = answer.units;
  const ofCity = readCell(draft.get(cellKey(city.division, day)) ?? printCell(city.rain[column]?.rainMm));
  const inherited = row > 0 && ofCity !== 'wrong' ? ofCity : null;
  const counts = rainMm === null ? inherited : rainMm;
  const state = [
    typeof counts === 'number' && counts >= 5 ? 'rain-grid__wet' : '',
    rainMm === 'wrong' ? 'rain-grid__wrong' : '',
    typed !== undefined && typed !== printCell(stored?.rainMm) ? 'rain-grid__changed' : '',
    day === answer.today ? 'rain-grid__today' : '',
  ];
  const hint =
    rainMm === 'wrong'
      ? text.wrong(shown)
      : stored
        ? text.by(stored.author, `${monthAndDay(stored.at)} ${timeOfDay(stored.at)}`)
        : inherited !== null
          ? text.inherited(printCell(inherited))
          : undefined;
  return (
    <td class={state.filter(Boolean).join(' ')} title={hint}>
      <input
        inputMode="decimal"
        autocomplete="off"
        value={shown}
        placeholder={printCell(inherited)}
        aria-label={text.cell(nameOf(unit), day)}
        aria-invalid={rainMm === 'wrong'}
        readOnly={!unit.mayWrite}
        data-cell={`${row}:${column}`}
        onKeyDown={moveBetween}
        onInput={event => write(key, event.currentTarget.value)}
        onPaste={event => {
          const block = event.clipboardData?.getData('text/plain') ?? '';
          if (!/[\t\n]/.test(block.replace(/\r?\n$/, ''))) return;
          event.preventDefault();
          paste(row, column, block);
        }}
      />
    </td>
  );
}

const steps: Record<string, readonly [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };

/** Up, down and Enter go from cell to cell, as in a spreadsheet; left and right stay with the caret. */
function moveBetween(event: KeyboardEvent): void {
  const step = steps[event.code];
  const cell = (event.target as HTMLElement).dataset?.cell;
  if (!step || cell === undefined || event.isComposing) return;
  const [row, column] = cell.split(':').map(Number);
  const next = document.querySelector<HTMLInputElement>(`[data-cell="${row + step[0]}:${column + step[1]}"]`);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
}
