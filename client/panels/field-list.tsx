import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { openDrawer } from '../connection/address.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { nameOf, words } from '../language/language.ts';
import type { Desk } from '../state/desk.ts';
import { count, mu } from '../state/format.ts';
import { Drawer } from './drawer.tsx';
import { ListDrawer } from './list-drawer.tsx';
import { Failure } from './message.tsx';

type Listed = RouteOutput<'fields'>['fields'][number];

/** More rows than this help nobody; a smaller unit does. */
const MOST_ROWS = 20_000;

/** Every field of a unit, fetched page by page. */
export function FieldList({ division, desk }: { division: string; desk: Desk }) {
  const text = words.value;
  const rows = useSignal<Listed[]>([]);
  const total = useSignal<number | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const attempt = useSignal(0);
  useEffect(() => {
    const stop = new AbortController();
    rows.value = [];
    total.value = null;
    failed.value = null;
    const loadAll = async () => {
      const loaded: Listed[] = [];
      do {
        const page = await ask('fields', { division, from: loaded.length }, { signal: stop.signal });
        loaded.push(...page.fields);
        total.value = page.total;
        if (page.fields.length === 0) break;
      } while (loaded.length < Math.min(total.value, MOST_ROWS));
      rows.value = loaded;
    };
    loadAll().catch((cause: unknown) => {
      if (stop.signal.aborted) return;
      if (!(cause instanceof RequestFailed)) throw cause;
      failed.value = cause.code;
    });
    return () => stop.abort();
  }, [division, attempt.value]);
  const unit = desk.divisions.get(division);
  const title = text.lists.fieldsTitle(unit ? nameOf(unit) : division);
  if (failed.value)
    return (
      <Drawer title={title} wide>
        <Failure
          code={failed.value}
          retry={() => {
            attempt.value += 1;
          }}
        />
      </Drawer>
    );
  const isLoading = total.value === null || (rows.value.length === 0 && total.value > 0);
  const isCut = total.value !== null && total.value > rows.value.length && !isLoading;
  return (
    <ListDrawer
      title={title}
      rows={rows.value}
      empty={text.lists.noFields}
      progress={isLoading ? text.loading : isCut ? text.lists.loaded(count(rows.value.length), count(total.value!)) : undefined}
      fileName={`${text.lists.fileFields}-${division}`}
      build={async element =>
        (await import('../lists/grid.ts')).gridIn<Listed>(element, {
          key: 'id',
          sortBy: 'village',
          empty: text.lists.empty,
          onOpen: row => {
            desk.focus.value = { at: row.centre, zoom: 16 };
            openDrawer({ kind: 'field', id: row.id });
          },
          columns: [
            { title: text.lists.village, field: 'village' },
            { title: text.lists.division, field: 'town', print: row => townName(desk, row.town) },
            { title: text.lists.areaMu, field: 'areaMu', isNumber: true, print: row => mu(row.areaMu) },
            { title: text.lists.stage, field: 'stage', print: row => text.stages[row.stage] },
            { title: text.lists.harvestedMu, field: 'harvestedMu', isNumber: true, print: row => mu(row.harvestedMu) },
            { title: text.lists.sownMu, field: 'sownMu', isNumber: true, print: row => mu(row.sownMu) },
            { title: text.lists.ripeDate, field: 'ripeDate' },
            { title: text.lists.id, field: 'id' },
          ],
        })
      }
    />
  );
}

/** Rows carry the town as its code or by its name. */
const townName = (desk: Desk, town: string): string => {
  const division = desk.divisions.get(town);
  return division ? nameOf(division) : town;
};
