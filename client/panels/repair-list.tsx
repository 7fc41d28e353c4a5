import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RepairShown } from '../../shared/repair.ts';
import { lastStep } from '../../shared/repair-steps.ts';
import { openDrawer } from '../connection/address.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { faultWords } from '../language/faults.ts';
import { nameOf, words } from '../language/language.ts';
import { repairWords } from '../language/repairs.ts';
import type { Desk } from '../state/desk.ts';
import { ageOf, timeNear } from '../state/format.ts';
import { Drawer } from './drawer.tsx';
import { ListDrawer } from './list-drawer.tsx';
import { Failure } from './message.tsx';

/** Every open repair of a unit, the longest waiting first; asked again whenever one is new or changed. */
export function RepairList({ division, changes, now, desk }: { division: string; changes: number; now: number; desk: Desk }) {
  const text = repairWords.value;
  const { rows, failed, retry } = useOpenRepairs(division, changes);
  // The grid is built once, often before it is known what time it is.
  const clock = useRef(now);
  clock.current = now;
  const unit = desk.divisions.get(division);
  const title = text.openTitle(unit ? nameOf(unit) : division);
  if (failed)
    return (
      <Drawer title={title} wide>
        <Failure code={failed} retry={retry} />
      </Drawer>
    );
  const age = (at: number) => words.value.span(ageOf(at, clock.current));
  return (
    <ListDrawer
      title={title}
      rows={rows ?? []}
      empty={text.none}
      progress={rows === null ? words.value.loading : undefined}
      fileName={`${text.file}-${division}`}
      build={async element =>
        (await import('../lists/grid.ts')).gridIn<RepairShown>(element, {
          key: 'id',
          sortBy: 'calledAt',
          empty: words.value.lists.empty,
          onOpen: row => openDrawer({ kind: 'repair', id: row.id }),
          columns: [
            { title: text.plate, field: 'plate' },
            { title: text.fault, field: 'fault', print: row => faultWords.value[row.fault] },
            { title: text.stateTitle, field: 'steps', print: row => text.stages[lastStep(row.steps).stage] },
            {
              title: text.calledAt,
              field: 'calledAt',
              isNumber: true,
              print: row => `${timeNear(row.calledAt, clock.current)} · ${age(row.calledAt)}`,
            },
            { title: text.station, field: 'stationName', print: row => row.stationName ?? text.noStation },
            { title: text.division, field: 'division', print: row => unitName(desk, row.division) },
            { title: text.note, field: 'note' },
          ],
        })
      }
    />
  );
}

function useOpenRepairs(division: string, changes: number) {
  const rows = useSignal<RepairShown[] | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const attempt = useSignal(0);
  useEffect(() => {
    rows.value = null;
  }, [division]);
  useEffect(() => {
    const stop = new AbortController();
    failed.value = null;
    const loadAll = async () => {
      const loaded: RepairShown[] = [];
      for (;;) {
        const page = await ask('listRepairs', { division, from: loaded.length }, { signal: stop.signal });
        loaded.push(...page.repairs);
        if (page.repairs.length === 0 || loaded.length >= page.total) break;
      }
      rows.value = loaded;
    };
    loadAll().catch((cause: unknown) => {
      if (stop.signal.aborted) return;
      if (!(cause instanceof RequestFailed)) throw cause;
      if (rows.value === null) failed.value = cause.code;
    });
    return () => stop.abort();
  }, [division, changes, attempt.value]);
  const retry = () => {
    attempt.value += 1;
  };
  return { rows: rows.value, failed: failed.value, retry };
}

const unitName = (desk: Desk, code: string | null): string => {
  const division = code === null ? undefined : desk.divisions.get(code);
  return division ? nameOf(division) : '';
};
