import { useSignal } from '@preact/signals';
import type { ChainField } from '../../shared/chain.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { useAnswer } from '../connection/answer.ts';
import { monthDay } from '../forecast/finish.tsx';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { count, monthAndDay, mu, timeOfDay } from '../state/format.ts';
import { ShownMore } from './shown-more.tsx';
import { weatherWords } from './words.ts';

const EVERY_MS = 20_000;

/** From cutting to sowing: what waits, the seeders it takes, the fields. */
export function ChainTab({ division, nameOfUnit }: { division: string; nameOfUnit: (code: string) => string }) {
  const text = weatherWords.value.chain;
  const answer = useAnswer('chain', { division }, EVERY_MS).value;
  return (
    <section class="weather-tab">
      <p class="muted">{text.lead}</p>
      <Awaited answer={answer}>{chain => <Sums chain={chain} />}</Awaited>
      <FieldsWaiting division={division} nameOfUnit={nameOfUnit} />
    </section>
  );
}

function Sums({ chain }: { chain: RouteOutput<'chain'> }) {
  const text = weatherWords.value.chain;
  const sum = ({ fields, mu: area }: { fields: number; mu: number }) => text.fields(count(fields), words.value.area(mu(area)));
  return (
    <>
      <div class="totals weather-totals">
        <div>
          <b>{sum(chain.waiting)}</b>
          <span>{text.waiting}</span>
        </div>
        <div>
          <b>{sum(chain.late)}</b>
          <span class={chain.late.fields > 0 ? 'chip chip--late' : ''}>
            {chain.late.fields > 0 ? '▾ ' : ''}
            {text.late}
          </span>
        </div>
        <div>
          <b>{chain.medianHours === null ? '—' : text.hours(chain.medianHours.toFixed(1))}</b>
          <span>{chain.medianHours === null ? text.medianNone : text.median}</span>
        </div>
      </div>
      <h2>{text.seeders}</h2>
      <table class="grid">
        <thead>
          <tr>
            {[text.day, text.open, text.needed, text.present, ''].map(name => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chain.seeders.map(({ day, openMu, needed, present }) => (
            <tr key={day}>
              <td>{monthDay(day)}</td>
              <td>{words.value.area(mu(openMu))}</td>
              <td>{needed === null ? text.unknown : count(needed)}</td>
              <td>{count(present)}</td>
              <td>
                {needed !== null && needed > present && <span class="chip chip--late">▾ {text.short(needed - present)}</span>}
                {needed !== null && needed <= present && <span class="chip chip--ahead">✓</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">{text.seedersHow}</p>
    </>
  );
}

function FieldsWaiting({ division, nameOfUnit }: { division: string; nameOfUnit: (code: string) => string }) {
  const text = weatherWords.value.chain;
  const onlyLate = useSignal(true);
  const answer = useAnswer('chainFields', { division, late: String(onlyLate.value) }, EVERY_MS).value;
  return (
    <>
      <h2>{text.list}</h2>
      <label class="weather-tools">
        <input
          type="checkbox"
          checked={onlyLate.value}
          onChange={event => {
            onlyLate.value = event.currentTarget.checked;
          }}
        />{' '}
        {text.onlyLate}
      </label>
      <Awaited answer={answer}>
        {({ fields, total }) =>
          fields.length === 0 ? (
            <Quiet>{onlyLate.value ? text.emptyLate : text.empty}</Quiet>
          ) : (
            <ShownMore rows={fields} total={total}>
              {visible => (
                <div class="weather-scroll">
                  <table class="grid">
                    <thead>
                      <tr>
                        {[
                          weatherWords.value.before.field,
                          weatherWords.value.unit,
                          weatherWords.value.before.area,
                          text.cut,
                          text.waited,
                        ].map((name, at) => (
                          <th key={name}>{at === 2 ? text.open : name}</th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {visible.map(field => (
                        <FieldRow key={field.field} field={field} nameOfUnit={nameOfUnit} />
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </ShownMore>
          )
        }
      </Awaited>
    </>
  );
}

function FieldRow({ field, nameOfUnit }: { field: ChainField; nameOfUnit: (code: string) => string }) {
  const text = weatherWords.value.chain;
  return (
    <tr>
      <td>
        <a class="link" title={text.onMap} href={`/#/${field.town}/field/${field.field}`}>
          {field.village} · {field.field}
        </a>
      </td>
      <td>{nameOfUnit(field.town)}</td>
      <td>{words.value.area(mu(field.areaMu))}</td>
      <td>
        {monthAndDay(field.cutAt)} {timeOfDay(field.cutAt)}
      </td>
      <td>
        <span class={`chip ${field.hours > 48 ? 'chip--late' : ''}`}>{text.hours(field.hours.toFixed(0))}</span>
        {field.sowingAt !== null && <span class="chip">{text.sowing}</span>}
      </td>
    </tr>
  );
}
