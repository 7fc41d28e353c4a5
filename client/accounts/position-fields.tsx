import type { Signal } from '@preact/signals';
import type { PersonRole } from '../../shared/person-role.ts';
import { placeNeeded } from '../../shared/person-role.ts';
import { words } from '../language/language.ts';
import { Choice, type Option } from '../panels/choice.tsx';
import { TextField } from '../panels/text-field.tsx';
import { accountWords } from './account-words.ts';
import { findPlace } from './find-place.ts';

/** What the form of a person holds; the place is that of the role, and forgotten with it. */
export interface PersonForm {
  name: string;
  role: PersonRole;
  place: Option | null;
}

/** As the routes take it. */
export function personOf({ name, role, place }: PersonForm) {
  const needed = placeNeeded[role];
  return { name, role, ...(needed && place && { [needed]: place.value }) };
}

/** Name, role, and only the place that the role needs. */
export function PositionFields({
  form,
  roles,
  problem,
}: {
  form: Signal<PersonForm>;
  roles: readonly PersonRole[];
  problem: string | null;
}) {
  const text = accountWords.value;
  const { name, role, place } = form.value;
  const needed = placeNeeded[role];
  const change = (part: Partial<PersonForm>) => {
    form.value = { ...form.value, ...part };
  };
  const kinds = {
    division: { label: text.divisionPlace, search: text.divisionSearch, nothing: text.noDivision },
    station: { label: text.stationPlace, search: text.stationSearch, nothing: text.noStation },
    machine: { label: text.machinePlace, search: text.machineSearch, nothing: text.noMachine },
  };
  return (
    <>
      {roles.length > 1 && (
        <fieldset class="role-choice">
          <legend class="form__label">{text.role}</legend>
          {roles.map(one => (
            <label key={one} class="role-choice__role">
              <input type="radio" name="role" value={one} checked={one === role} onChange={() => change({ role: one, place: null })} />
              <strong>{words.value.roles[one]}</strong>
              <span class="muted">{text.roleHints[one]}</span>
            </label>
          ))}
        </fieldset>
      )}
      {needed && (
        <Choice
          key={needed}
          label={kinds[needed].label}
          chosen={place}
          onChoose={option =>
            // A machine's operator is already known by name.
            change({ place: option, ...(needed === 'machine' && option && name === '' && { name: option.hint.split(' · ')[0] ?? '' }) })
          }
          find={findPlace[needed]}
          text={{ ...kinds[needed], change: text.change }}
          problem={problem === needed ? text.problems[needed] : null}
        />
      )}
      <TextField
        label={text.name}
        value={name}
        onText={typed => change({ name: typed })}
        problem={problem === 'name' ? text.problems.name : null}
        input={{ autocomplete: 'off', maxLength: 40, required: true }}
      />
    </>
  );
}
