import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { dayOf, type Operation, operations, type Season, seasonOf } from '../../shared/season.ts';
import { ask } from '../connection/http.ts';
import { enter } from '../connection/session.ts';
import { problemText } from './problem-text.ts';
import { setupWords } from './words.ts';

/** After July the next season is the one to prepare. */
function comingYear(now: number): number {
  const [year, month] = dayOf(now).split('-').map(Number);
  return month > 7 ? year + 1 : year;
}

/** The dates and hours of a season, with the usual values where there is none yet. */
export function SeasonForm({ season, now, after, saved }: SeasonFormParts) {
  const text = setupWords.value.form;
  const draft = useSignal<Season>(season ?? seasonOf(Math.max(comingYear(now), (after ?? 0) + 1), false));
  const copiesAreas = useSignal(true);
  const said = useSignal<{ ok: boolean; what: string } | null>(null);
  const busy = useSignal(false);
  const at = draft.value;
  const change = (part: Partial<Season>) => {
    draft.value = { ...draft.value, ...part };
    said.value = null;
  };
  const save = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    try {
      const { year, name, deadline, targetRate, firstDay, workableHours, serviceArea, areaSource } = draft.value;
      const body = { year, name, deadline, targetRate, firstDay, workableHours, serviceArea, areaSource };
      const areas = after !== undefined && copiesAreas.value ? { areasFrom: after } : {};
      await (season ? ask('editSeason', { year: season.year }, { body }) : ask('createSeason', {}, { body: { ...body, ...areas } }));
      said.value = { ok: true, what: text.saved };
      await saved();
      if (after === undefined) await enter();
    } catch (cause) {
      said.value = { ok: false, what: problemText(cause) };
    }
    busy.value = false;
  };
  return (
    <form class="season-form" onSubmit={event => void save(event)}>
      <div class="season-form__row">
        <Labelled label={text.year}>
          <input
            type="number"
            min="2000"
            max="2100"
            value={at.year}
            disabled={season !== null}
            onChange={event => {
              const year = Number(event.currentTarget.value);
              if (year >= 2000 && year <= 2100) draft.value = seasonOf(year, false);
            }}
          />
        </Labelled>
        <Labelled label={text.name}>
          <input type="text" required maxLength={40} value={at.name} onInput={event => change({ name: event.currentTarget.value })} />
        </Labelled>
        <Labelled label={text.areaSource}>
          <input type="text" maxLength={100} value={at.areaSource} onInput={event => change({ areaSource: event.currentTarget.value })} />
        </Labelled>
      </div>
      {operations.map(operation => (
        <OperationDates key={operation} operation={operation} season={at} change={change} />
      ))}
      <details>
        <summary>{text.serviceArea}</summary>
        <p class="muted">{text.serviceAreaLead}</p>
        <div class="season-form__row">
          {(['west', 'south', 'east', 'north'] as const).map((side, i) => (
            <Labelled key={side} label={text[side]}>
              <input
                type="number"
                step="0.01"
                value={at.serviceArea[i]}
                onInput={event =>
                  change({
                    serviceArea: at.serviceArea.map((side, j) =>
                      j === i ? Number(event.currentTarget.value) : side,
                    ) as Season['serviceArea'],
                  })
                }
              />
            </Labelled>
          ))}
        </div>
      </details>
      {after !== undefined && (
        <label class="season-form__check">
          <input
            type="checkbox"
            checked={copiesAreas.value}
            onChange={event => {
              copiesAreas.value = event.currentTarget.checked;
            }}
          />
          {setupWords.value.close.copyAreas(after)}
        </label>
      )}
      {said.value && (
        <p class={said.value.ok ? 'note' : 'note note--late'} role={said.value.ok ? 'status' : 'alert'}>
          {said.value.what}
        </p>
      )}
      <button type="submit" class="button button--main" disabled={busy.value}>
        {busy.value ? text.saving : season ? text.save : text.create}
      </button>
    </form>
  );
}

interface SeasonFormParts {
  season: Season | null;
  now: number;
  /** The year of the closed season that this one follows. */
  after?: number;
  saved: () => Promise<void>;
}

function OperationDates({ operation, season, change }: { operation: Operation; season: Season; change: (part: Partial<Season>) => void }) {
  const text = setupWords.value.form;
  const of = <Value,>(name: 'firstDay' | 'deadline' | 'workableHours' | 'targetRate', value: Value) =>
    change({ [name]: { ...season[name], [operation]: value } });
  const hours = season.workableHours[operation];
  return (
    <fieldset class="season-form__row">
      <legend>{text[operation]}</legend>
      <Labelled label={text.firstDay}>
        <input type="date" required value={season.firstDay[operation]} onInput={event => of('firstDay', event.currentTarget.value)} />
      </Labelled>
      <Labelled label={text.deadline}>
        <input type="date" required value={season.deadline[operation]} onInput={event => of('deadline', event.currentTarget.value)} />
      </Labelled>
      <Labelled label={text.hours}>
        <span class="season-form__pair">
          {(['from', 'to'] as const).map(end => (
            <input
              key={end}
              type="number"
              min="0"
              max="24"
              step="0.5"
              aria-label={`${text.hours} ${end === 'from' ? '' : text.to}`}
              value={hours[end]}
              onInput={event => of('workableHours', { ...hours, [end]: Number(event.currentTarget.value) })}
            />
          ))}
        </span>
      </Labelled>
      <Labelled label={`${operation === 'harvest' ? text.harvestRate : text.sowRate} · ${text.targets}`}>
        <input
          type="number"
          min="0"
          max="100"
          step="0.1"
          value={Math.round(season.targetRate[operation] * 1000) / 10}
          onInput={event => of('targetRate', Number(event.currentTarget.value) / 100)}
        />
      </Labelled>
    </fieldset>
  );
}

function Labelled({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label class="season-form__field">
      <span>{label}</span>
      {children}
    </label>
  );
}
