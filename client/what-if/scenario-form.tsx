import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { WhatIf } from '../../shared/advice.ts';
import type { Day } from '../../shared/season.ts';
import { words } from '../language/language.ts';
import { whatIfWords } from './words.ts';

interface Unit {
  code: string;
  name: string;
}

type List = 'machines' | 'rain' | 'stations';

/** What is supposed, line by line. */
export function ScenarioForm({ scenario, units, today }: { scenario: Signal<WhatIf>; units: readonly Unit[]; today: Day }) {
  const text = whatIfWords.value;
  const { machines, rain, stations, withMoves, operation } = scenario.value;
  const city = units[0].code;
  const put = <Name extends List>(name: Name, at: number, change: Partial<WhatIf[Name][number]>) => {
    scenario.value = { ...scenario.value, [name]: scenario.value[name].map((row, i) => (i === at ? { ...row, ...change } : row)) };
  };
  const drop = (name: List, at: number) => {
    scenario.value = { ...scenario.value, [name]: scenario.value[name].filter((_, i) => i !== at) };
  };
  const add = (name: List) => {
    const rows = {
      machines: { division: city, kind: 'combine', change: -10, from: today },
      rain: { division: city, day: today, rainMm: 10 },
      stations: { division: city, count: 1 },
    };
    scenario.value = { ...scenario.value, [name]: [...scenario.value[name], rows[name]] } as WhatIf;
  };
  const unit = (name: List, at: number, value: string) => (
    <select
      class="select"
      value={value}
      aria-label={words.value.pages.whatIf}
      onChange={event => put(name, at, { division: event.currentTarget.value })}
    >
      {units.map(({ code, name: called }) => (
        <option key={code} value={code}>
          {called}
        </option>
      ))}
    </select>
  );
  const date = (value: Day, to: (day: Day) => void) => (
    <input type="date" required value={value} onChange={event => event.currentTarget.value && to(event.currentTarget.value)} />
  );
  return (
    <div class="what-if__form">
      <Lines title={text.machinesLine} onAdd={() => add('machines')}>
        {machines.map((row, at) => (
          <Line key={`${at}`} onRemove={() => drop('machines', at)}>
            {unit('machines', at, row.division)}
            <select
              class="select"
              value={row.kind}
              onChange={event => put('machines', at, { kind: event.currentTarget.value as 'combine' })}
            >
              <option value="combine">{text.kinds.combine}</option>
              <option value="seeder">{text.kinds.seeder}</option>
            </select>
            <Figure value={row.change} least={-5000} most={5000} onChange={change => put('machines', at, { change })} />
            {text.from} {date(row.from, from => put('machines', at, { from }))}
          </Line>
        ))}
      </Lines>
      <Lines title={text.rainLine} onAdd={() => add('rain')}>
        {rain.map((row, at) => (
          <Line key={`${at}`} onRemove={() => drop('rain', at)}>
            {unit('rain', at, row.division)}
            {date(row.day, day => put('rain', at, { day }))}
            <Figure value={row.rainMm} least={0} most={500} onChange={rainMm => put('rain', at, { rainMm })} />
          </Line>
        ))}
      </Lines>
      <Lines title={text.stationLine} onAdd={() => add('stations')}>
        {stations.map((row, at) => (
          <Line key={`${at}`} onRemove={() => drop('stations', at)}>
            {unit('stations', at, row.division)}
            <Figure value={row.count} least={1} most={50} onChange={count => put('stations', at, { count })} />
          </Line>
        ))}
      </Lines>
      <label class="what-if__check">
        <input
          type="checkbox"
          checked={withMoves}
          onChange={() => {
            scenario.value = { ...scenario.value, withMoves: !withMoves };
          }}
        />
        {text.withMoves} ·
        <select
          class="select"
          aria-label={text.operation}
          value={operation}
          onChange={event => {
            scenario.value = { ...scenario.value, operation: event.currentTarget.value as 'harvest' };
          }}
        >
          <option value="harvest">{words.value.operations.harvest}</option>
          <option value="sow">{words.value.operations.sow}</option>
        </select>
      </label>
      <p class="note">{text.assumption}</p>
    </div>
  );
}

function Lines({ title, onAdd, children }: { title: string; onAdd: () => void; children: ComponentChildren }) {
  return (
    <fieldset class="what-if__lines">
      <legend>{title}</legend>
      {children}
      <button type="button" class="button" onClick={onAdd}>
        + {whatIfWords.value.add}
      </button>
    </fieldset>
  );
}

function Line({ onRemove, children }: { onRemove: () => void; children: ComponentChildren }) {
  return (
    <div class="what-if__line">
      {children}
      <button type="button" class="link" onClick={onRemove}>
        {whatIfWords.value.remove}
      </button>
    </div>
  );
}

function Figure({ value, least, most, onChange }: { value: number; least: number; most: number; onChange: (value: number) => void }) {
  return (
    <input
      type="number"
      class="what-if__figure"
      min={least}
      max={most}
      step={1}
      value={value}
      onChange={event => {
        const said = Math.round(Number(event.currentTarget.value));
        if (Number.isFinite(said)) onChange(Math.min(most, Math.max(least, said)));
      }}
    />
  );
}
