import { type Signal, useSignal } from '@preact/signals';
import type { Advice, AdviceStep } from '../../shared/advice.ts';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, type Parameters, RequestFailed } from '../connection/http.ts';
import { words } from '../language/language.ts';
import { mu } from '../state/format.ts';
import { adviceWords } from './words.ts';

/** A step as it would go out, and whether it was taken out. */
export type DraftStep = Pick<AdviceStep, 'offer' | 'machineVersion' | 'plate' | 'placeName'> & { isOut: boolean };
type Nearest = RouteOutput<'nearestMachines'>['machines'][number];

const MOST_OTHERS = 6;

/** Taking steps out, and changing machine, destination or area of those that stay. */
export function EditSteps({ advice, steps }: { advice: Advice; steps: Signal<DraftStep[]> }) {
  const text = adviceWords.value;
  const change = (id: string, to: (step: DraftStep) => DraftStep) => {
    steps.value = steps.value.map(step => (step.offer.id === id ? to(step) : step));
  };
  const units = [...new Map(advice.effect.map(({ division, name }) => [division, name]))];
  return (
    <>
      <p class="muted">{text.editExplained}</p>
      <ul class="advice-form__steps">
        {steps.value.map(step => (
          <li key={step.offer.id} class={step.isOut ? 'advice-form__out' : ''}>
            <label class="advice-form__keep">
              <input type="checkbox" checked={!step.isOut} onChange={() => change(step.offer.id, one => ({ ...one, isOut: !one.isOut }))} />
              <b>{step.plate}</b>
            </label>
            {step.offer.kind === 'move' ? (
              <select
                class="select"
                aria-label={`${step.plate} ${text.to}`}
                value={step.offer.division ?? ''}
                onChange={event => {
                  const division = event.currentTarget.value;
                  change(step.offer.id, one => ({ ...one, offer: { ...one.offer, division } }));
                }}
              >
                {units.map(([code, name]) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            ) : (
              <span class="advice-form__area">
                {step.placeName}
                <input
                  type="number"
                  min="0.1"
                  step="0.1"
                  aria-label={`${step.plate} ${step.placeName} ${text.area}`}
                  value={step.offer.areaMu ?? ''}
                  onChange={event => {
                    const areaMu = Number(event.currentTarget.value);
                    if (areaMu > 0) change(step.offer.id, one => ({ ...one, offer: { ...one.offer, areaMu } }));
                  }}
                />
                {text.area}
              </span>
            )}
            <Exchange
              step={step}
              taken={new Set(steps.value.map(one => one.offer.machine))}
              onChosen={({ machine, plate, machineVersion }) =>
                change(step.offer.id, one => ({ ...one, plate, machineVersion, offer: { ...one.offer, machine } }))
              }
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Others that could do it: for a request those soonest there, for a move those nearest to the machine that was advised. */
async function othersFor({ offer }: DraftStep): Promise<Nearest[]> {
  const place = offer.request === null ? await ask('machine', { id: offer.machine }) : await ask('request', { id: offer.request });
  if (!place.lngLat) return [];
  const [lng, lat] = place.lngLat;
  const by: Parameters = offer.request === null ? { by: 'nearest' } : { by: 'soonest', request: offer.request };
  return (await ask('nearestMachines', { lng, lat, operation: offer.operation, ...by })).machines;
}

function Exchange({ step, taken, onChosen }: { step: DraftStep; taken: ReadonlySet<string>; onChosen: (chosen: Nearest) => void }) {
  const text = adviceWords.value;
  const others = useSignal<Nearest[] | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const look = async () => {
    failed.value = null;
    try {
      others.value = (await othersFor(step)).filter(one => !taken.has(one.machine)).slice(0, MOST_OTHERS);
    } catch (cause) {
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    }
  };
  return (
    <div class="advice-form__exchange">
      <button type="button" class="link" onClick={() => void look()}>
        {text.exchange}
      </button>
      {failed.value && <p role="alert">{words.value.problems[failed.value]}</p>}
      {others.value?.length === 0 && <p class="muted">{text.exchangeNone}</p>}
      {others.value?.map(one => (
        <button
          key={one.machine}
          type="button"
          class="button"
          onClick={() => {
            others.value = null;
            onChosen(one);
          }}
        >
          {text.exchangeLine(one.plate, mu(one.km), text.busy[one.busy])}
        </button>
      ))}
    </div>
  );
}
