import { useAnswer } from '../connection/answer.ts';
import { monthDay } from '../forecast/finish.tsx';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { mu } from '../state/format.ts';
import { ShownMore } from './shown-more.tsx';
import { weatherWords } from './words.ts';

const EVERY_MS = 30_000;

/** What is ripe and stands where rain is coming: by unit, then field by field. */
export function BeforeRainTab({ division, nameOfUnit }: { division: string; nameOfUnit: (code: string) => string }) {
  const text = weatherWords.value.before;
  const answer = useAnswer('beforeRain', { division }, EVERY_MS).value;
  return (
    <section class="weather-tab">
      <p class="muted">{text.lead}</p>
      <Awaited answer={answer}>
        {({ units, fields, total }) =>
          units.length === 0 ? (
            <Quiet>{text.empty}</Quiet>
          ) : (
            <>
              <div class="weather-scroll">
                <table class="grid">
                  <thead>
                    <tr>
                      {[text.unit, text.rainDay, text.rain, text.ripe, text.canCut, text.short, text.wait].map(name => (
                        <th key={name}>{name}</th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {units.map(unit => (
                      <tr key={unit.division}>
                        <td>{nameOfUnit(unit.division)}</td>
                        <td>{monthDay(unit.rainDay)}</td>
                        <td>{unit.rainMm} mm</td>
                        <td>{words.value.area(mu(unit.ripeMu))}</td>
                        <td>{unit.canCutMu === null ? text.unknown : words.value.area(mu(unit.canCutMu))}</td>
                        <td>
                          <Short ripeMu={unit.ripeMu} canCutMu={unit.canCutMu} />
                        </td>
                        <td>{text.waitText(unit.wheeledWaitH, unit.trackedWaitH)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <p class="note">{text.waitHow}</p>
              {fields.length > 0 && (
                <ShownMore rows={fields} total={total}>
                  {visible => (
                    <div class="weather-scroll">
                      <table class="grid">
                        <thead>
                          <tr>
                            {[text.field, text.unit, text.rainDay, text.ripeDate, text.area].map(name => (
                              <th key={name}>{name}</th>
                            ))}
                          </tr>
                        </thead>
                        <tbody>
                          {visible.map(field => (
                            <tr key={field.field}>
                              <td>
                                <a class="link" href={`/#/${field.town}/field/${field.field}`}>
                                  {field.village} · {field.field}
                                </a>
                              </td>
                              <td>{nameOfUnit(field.town)}</td>
                              <td>{monthDay(field.rainDay)}</td>
                              <td>{field.ripeDate === null ? text.ripeUnknown : monthDay(field.ripeDate)}</td>
                              <td>{words.value.area(mu(field.openMu))}</td>
                            </tr>
                          ))}
                        </tbody>
                      </table>
                    </div>
                  )}
                </ShownMore>
              )}
            </>
          )
        }
      </Awaited>
    </section>
  );
}

function Short({ ripeMu, canCutMu }: { ripeMu: number; canCutMu: number | null }) {
  const text = weatherWords.value.before;
  if (canCutMu === null) return <span class="muted">—</span>;
  const short = ripeMu - canCutMu;
  return short > 0.05 ? (
    <span class="chip chip--late">▾ {words.value.area(mu(short))}</span>
  ) : (
    <span class="chip chip--ahead">✓ {text.enough}</span>
  );
}
