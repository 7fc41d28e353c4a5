import { useSignal } from '@preact/signals';
import type { NearestMachine, WorkRequestShown } from '../../shared/work-order.ts';
import { ask } from '../connection/http.ts';
import { newId } from '../connection/new-id.ts';
import { whenText } from '../language/dates.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { Segments } from '../panels/segments.tsx';
import { mu } from '../state/format.ts';
import { ExcludedList } from './excluded-list.tsx';
import { useFresh } from './fresh.ts';
import { ProblemNote } from './problem-note.tsx';
import { spanText } from './time-text.ts';
import { useTask } from './use-task.ts';
import { orderWords } from './words.ts';

interface NearestParts {
  request: WorkRequestShown;
  stamp: number;
  onGiven: () => void;
}

/** Machines for a request, the one that is there first at the top: one click sends it, several share the work. */
export function NearestList({ request, stamp, onGiven }: NearestParts) {
  const text = orderWords.value;
  const by = useSignal<'soonest' | 'nearest'>('soonest');
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const { isBusy, failed, run } = useTask();
  const [lng, lat] = request.lngLat;
  const answer = useFresh('nearestMachines', { lng, lat, by: by.value, request: request.id }, stamp);
  const give = (machines: readonly NearestMachine[]) =>
    run(async () => {
      const shares = sharesOf(request.openMu, machines);
      const offers = machines.map(({ machine, machineVersion }, i) => ({
        ...{ id: newId(), kind: 'work' as const, request: request.id, machine, machineVersion, division: null, note: '' },
        ...{ operation: request.operation, areaMu: shares[i] },
      }));
      await ask('offerOrders', {}, { body: { offers } }).finally(onGiven);
      chosen.value = new Set();
    });
  const toggle = (machine: string) => {
    const next = new Set(chosen.value);
    if (!next.delete(machine)) next.add(machine);
    chosen.value = next;
  };
  return (
    <section class="nearest">
      <header class="nearest__head">
        <h3>{text.nearest}</h3>
        <Segments
          label={text.nearest}
          choices={(['soonest', 'nearest'] as const).map(value => ({ value, name: text.by[value] }))}
          chosen={by.value}
          choose={value => {
            by.value = value;
          }}
        />
      </header>
      <ProblemNote failed={failed.value} />
      <Awaited answer={answer}>
        {({ machines, excluded, excludedCounts, asOf }) => {
          const picked = machines.filter(({ machine }) => chosen.value.has(machine));
          return (
            <>
              {picked.length > 0 && (
                <button type="button" class="button button--main" disabled={isBusy.value} onClick={() => void give(picked)}>
                  {text.offerMany(picked.length, mu(request.openMu / picked.length))}
                </button>
              )}
              {machines.length === 0 && <Quiet>{text.none.machines}</Quiet>}
              <ol class="nearest__rows">
                {machines.map(machine => (
                  <li key={machine.machine} class="nearest__row">
                    <input
                      type="checkbox"
                      aria-label={text.select(machine.plate)}
                      checked={chosen.value.has(machine.machine)}
                      onChange={() => toggle(machine.machine)}
                    />
                    <MachineWhy machine={machine} now={asOf} />
                    <button type="button" class="button" disabled={isBusy.value} onClick={() => void give([machine])}>
                      {text.offer}
                    </button>
                  </li>
                ))}
              </ol>
              <ExcludedList excluded={excluded} counts={excludedCounts} />
              <small>{text.estimated}</small>
            </>
          );
        }}
      </Awaited>
    </section>
  );
}

/** Why a machine stands where it stands. */
export function MachineWhy({ machine, now }: { machine: NearestMachine; now: number }) {
  const text = orderWords.value;
  const { busy, freeInH } = machine;
  return (
    <span class="nearest__why">
      <b>{machine.plate}</b> <span class="muted">{machine.operatorName}</span>
      <strong>{text.there(spanText(machine.soonestH))}</strong>
      <small>
        {[
          text.road(machine.km, spanText(machine.travelH)),
          busy === 'free' ? text.free : busy === 'inField' ? text.inField(spanText(freeInH)) : text.onOrder(spanText(freeInH)),
          `${text.drives[machine.drive]} ${text.meters(machine.workingWidthM)}`,
          whenText(machine.fixTime, now),
        ].join(' · ')}
      </small>
    </span>
  );
}

/** What is open, shared by working width: the last one takes what rounding left. */
export function sharesOf(openMu: number, machines: readonly Pick<NearestMachine, 'workingWidthM'>[]): (number | null)[] {
  if (machines.length === 1) return [null];
  const widthM = machines.reduce((sum, machine) => sum + machine.workingWidthM, 0);
  const tenths = Math.round(openMu * 10);
  let left = tenths;
  return machines.map(({ workingWidthM }, i) => {
    const share = i === machines.length - 1 ? left : Math.floor((tenths * workingWidthM) / widthM);
    left -= share;
    return share / 10;
  });
}
