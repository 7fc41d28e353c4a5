import type { Signal } from '@preact/signals';
import { type CoordinateSystem, coordinateSystems, type ImportReport } from '../../shared/imports.ts';
import { setupWords } from './words.ts';

/** How the corners of a file of ground are to be understood, and where fields lie that name no town. */
export function GroundChoice({ system, town }: { system: Signal<CoordinateSystem>; town: Signal<string> | null }) {
  const text = setupWords.value.ground;
  return (
    <div class="season-form">
      <div class="season-form__row">
        <label class="season-form__field">
          <span>{text.system}</span>
          <select
            name="system"
            value={system.value}
            onChange={event => {
              system.value = event.currentTarget.value as CoordinateSystem;
            }}
          >
            {coordinateSystems.map(one => (
              <option key={one} value={one}>
                {text.systems[one]}
              </option>
            ))}
          </select>
        </label>
        {town && (
          <label class="season-form__field">
            <span>{text.town}</span>
            <input
              type="text"
              name="town"
              maxLength={20}
              value={town.value}
              onInput={event => {
                town.value = event.currentTarget.value;
              }}
            />
          </label>
        )}
      </div>
    </div>
  );
}

/** What the file is, and a warning when it looks shifted, with the way out. */
export function GroundNote({ report, again }: { report: ImportReport; again: (towards: 'gcj02' | 'wgs84') => void }) {
  const text = setupWords.value.ground;
  const { ground } = report;
  if (!ground) return null;
  const { format, system, shift } = ground;
  return (
    <div class="findings">
      <p class="muted">{text.read(format.toUpperCase(), text.systems[system] ?? system)}</p>
      {shift && (
        <p class="note note--late" role="alert">
          {text.shifted(shift.matched, shift.of, shift.towards === 'gcj02')}{' '}
          <button type="button" class="button" onClick={() => again(shift.towards)}>
            {text.again(shift.towards === 'gcj02')}
          </button>
        </p>
      )}
    </div>
  );
}
