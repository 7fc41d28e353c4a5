import { useSignal } from '@preact/signals';
import type { RouteOutput } from '../../shared/rest.ts';
import { DIESEL, isMissing, type StockRow } from '../../shared/stock.ts';
import { newId } from '../connection/new-id.ts';
import { words } from '../language/language.ts';
import { Failure, Quiet } from '../panels/message.tsx';
import { timeNear } from '../state/format.ts';
import { bayWords } from './bay-words.ts';
import { useCopied } from './copied.ts';
import { DeedNotes } from './deed-notes.tsx';
import type { StationDesk } from './station-desk.ts';
import { stationWords } from './station-words.ts';
import { StockFile } from './stock-file.tsx';
import { type ShelfAct, ShelfForm } from './stock-form.tsx';

type Page = RouteOutput<'stock'>;
const stockRoutes: readonly string[] = ['moveStock', 'putPart', 'sendStock', 'receiveStock'];

/** What is on the shelves, what is missing first; what is under way; and the ledger. */
export function StockPage({ desk, station }: { desk: StationDesk; station: string }) {
  const text = bayWords.value.stock;
  const { copied, failed, reload } = useCopied(desk, 'stock', { station });
  const query = useSignal('');
  const act = useSignal<{ row: StockRow | null; act: ShelfAct } | null>(null);
  if (!copied) return failed ? <Failure code={failed} retry={reload} /> : <Quiet>{words.value.loading}</Quiet>;
  const deeds = desk.outgoing.deeds.value.filter(deed => stockRoutes.includes(deed.route));
  const typed = query.value.trim().toLowerCase();
  const rows = copied.value.rows
    .filter(row => `${row.name} ${row.part}`.toLowerCase().includes(typed))
    .sort((a, b) => Number(isMissing(b)) - Number(isMissing(a)));
  return (
    <>
      {copied.isStale && <p class="note note--late">{bayWords.value.stale}</p>}
      <DeedNotes desk={desk} deeds={deeds} />
      <div class="bay__tools">
        <input
          class="station__input"
          type="search"
          placeholder={text.find}
          aria-label={text.find}
          value={query.value}
          onInput={event => {
            query.value = event.currentTarget.value;
          }}
        />
        <button
          type="button"
          class="button button--main"
          onClick={() => {
            act.value = { row: null, act: 'receive' };
          }}
        >
          ＋ {text.actions.receive}
        </button>
      </div>
      {act.value && act.value.row === null && (
        <ShelfForm desk={desk} station={station} row={null} act="receive" done={() => (act.value = null)} />
      )}
      {rows.length === 0 && <Quiet>{typed === '' ? text.none : stationWords.value.nothingFound}</Quiet>}
      <ul class="bay">
        {rows.map(row => (
          <li key={row.part} class={`bay__row ${isMissing(row) ? 'bay__row--missing' : ''}`}>
            <Shelf row={row} choose={chosen => (act.value = { row, act: chosen })} />
            {act.value?.row?.part === row.part && (
              <ShelfForm key={act.value.act} desk={desk} station={station} row={row} act={act.value.act} done={() => (act.value = null)} />
            )}
          </li>
        ))}
      </ul>
      <Transfers desk={desk} station={station} transfers={copied.value.transfers} />
      <Ledger movements={copied.value.movements} now={desk.now.value} />
      <StockFile station={station} done={reload} />
    </>
  );
}

function Shelf({ row, choose }: { row: StockRow; choose: (act: ShelfAct) => void }) {
  const text = bayWords.value.stock;
  const acts: readonly ShelfAct[] = ['receive', 'use', 'count', 'send', 'edit'];
  return (
    <>
      <span class="bay__what">
        <b>{row.name}</b>
        <span>
          {row.part !== row.name && row.part !== DIESEL && `${row.part} · `}
          {text.minimum(`${row.minimum} ${row.unit}`)}
          {row.priceYuan !== null && ` · ${bayWords.value.effort.yuan(String(row.priceYuan))}`}
        </span>
      </span>
      <span class="bay__figure">
        <b class="bay__count">
          {row.quantity} {row.unit}
        </b>
        {isMissing(row) && <span class="chip chip--waiting">! {text.missing}</span>}
      </span>
      <span class="bay__acts">
        {acts.map(one => (
          <button type="button" class="button" key={one} disabled={one === 'use' && row.quantity === 0} onClick={() => choose(one)}>
            {text.actions[one]}
          </button>
        ))}
      </span>
    </>
  );
}

function Transfers({ desk, station, transfers }: { desk: StationDesk; station: string; transfers: Page['transfers'] }) {
  const text = bayWords.value.stock;
  if (transfers.length === 0) return null;
  const isSent = (id: string) => desk.outgoing.deeds.value.some(deed => deed.params.id === id);
  const receive = ({ id, quantity }: Page['transfers'][number]) =>
    desk.outgoing.do('receiveStock', { id: newId(), params: { id }, body: { quantity, at: desk.instant() } });
  return (
    <section>
      <h3>{text.incoming}</h3>
      <ul class="bay">
        {transfers.map(one => (
          <li key={one.id} class="bay__row">
            <span class="bay__what">
              <b>
                {one.name} {one.quantity} {one.unit}
              </b>
              <span>
                {one.fromName} → {one.toName} · {timeNear(one.sentAt, desk.now.value)} · {one.sentBy}
              </span>
            </span>
            <span class="bay__figure">{one.receivedAt === null ? text.onWay : text.received(String(one.receivedQuantity))}</span>
            {one.receivedAt === null && one.to === station && !isSent(one.id) && (
              <button type="button" class="button button--main bay__act" onClick={() => void receive(one)}>
                {text.take}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ledger({ movements, now }: { movements: Page['movements']; now: number }) {
  const text = bayWords.value.stock;
  return (
    <details class="card__more">
      <summary>{text.ledger}</summary>
      {movements.length === 0 && <p class="muted">{text.noLedger}</p>}
      <ul class="plain-list ledger">
        {movements.map(line => (
          <li key={line.id}>
            <span>
              {text.kinds[line.kind]} <b>{line.name}</b> {line.change > 0 ? `+${line.change}` : line.change} {line.unit}
            </span>
            <span class="muted">
              {text.left(`${line.left} ${line.unit}`)} · {timeNear(line.at, now)} · <bdi>{line.by}</bdi>
              {line.why && (
                <>
                  {' · '}
                  <bdi>{line.why}</bdi>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
