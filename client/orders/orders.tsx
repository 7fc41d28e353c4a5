import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isAllowed } from '../../shared/permissions.ts';
import type { PageParts } from '../app.tsx';
import { ClaimList } from '../claims/claim-list.tsx';
import { closeDrawer, goTo, openDrawer, place } from '../connection/address.ts';
import { useAnswer } from '../connection/answer.ts';
import { ask, RequestFailed } from '../connection/http.ts';
import { useNews } from '../connection/news.ts';
import { nameOf, words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { OfficePage } from '../panels/office-page.tsx';
import { OrderList } from './order-list.tsx';
import '../style/panel.css';
import './orders.css';
import { RequestDetail } from './request-detail.tsx';
import { type Draft, draftOf, newDraft } from './request-draft.ts';
import { RequestForm } from './request-form.tsx';
import { type ListState, RequestList } from './request-list.tsx';
import { orderWords } from './words.ts';

/** Requests on the left, the one that is open on the right with its orders and the machines that could go. */
export function Orders({ session, welcome }: PageParts) {
  const text = orderWords.value;
  const places = useAnswer('places', {}).value;
  const divisions = places.state === 'ready' ? places.value.divisions : [];
  const root = session.division ?? divisions.find(one => one.level === 'city')?.code ?? null;
  const { division: asked, drawer } = place.value;
  const division = asked ?? root;
  const news = useNews(division).value;
  const stamp = useSignal(0);
  const state = useSignal<ListState>('open');
  const draft = useSignal<Draft | null>(null);
  const chosen = drawer?.kind === 'request' ? drawer.id : null;
  const may = (action: 'request:write' | 'order:write' | 'objection:settle') =>
    isAllowed(session, action, { divisions: [...(session.division === null ? [] : [session.division])] });
  const changed = () => {
    stamp.value += 1;
  };
  const fresh = news.counts.requests + news.counts.orders + stamp.value;
  const begin = async (field: string | null = null) => {
    const now = await seasonNow(division);
    closeDrawer();
    const first = newDraft(now);
    draft.value = field === null ? first : await withField(first, field);
  };
  useEffect(() => {
    const asked = new URLSearchParams(location.search);
    if (division === null || asked.size === 0) return;
    const [unit, request, field] = [asked.get('division'), asked.get('request'), asked.get('field')];
    history.replaceState(null, '', location.pathname + location.hash);
    if (unit !== null || request !== null)
      goTo({ division: unit ?? division, drawer: request === null ? null : { kind: 'request', id: request } });
    if (field !== null) void begin(field);
  }, [division]);
  if (division === null)
    return (
      <OfficePage session={session} title={words.value.pages.orders} isWide>
        {places.state === 'ready' ? <Quiet>{words.value.noUnitsYet}</Quiet> : <Awaited answer={places}>{() => null}</Awaited>}
      </OfficePage>
    );
  const isRightOpen = chosen !== null || draft.value !== null;
  const mayWrite = welcome.season?.closedAt === undefined && may('request:write');
  const maySettle = welcome.season?.closedAt === undefined && may('objection:settle');
  const units = divisions.filter(one => one.code === root || one.parent === root);
  return (
    <OfficePage
      session={session}
      title={words.value.pages.orders}
      isWide
      keys={{
        keys: { KeyN: () => void (mayWrite && begin()) },
        rows: mayWrite ? [{ keys: ['N'], what: text.map.keys.request }] : [],
        up: () => {
          draft.value = null;
          closeDrawer();
        },
      }}
      tools={
        <>
          {units.length > 1 && (
            <select
              class="select orders__unit"
              aria-label={text.allUnits}
              value={division}
              onChange={event => {
                draft.value = null;
                goTo({ division: event.currentTarget.value, drawer: null });
              }}
            >
              {units.map(one => (
                <option key={one.code} value={one.code}>
                  {one.code === root ? text.allUnits : nameOf(one)}
                </option>
              ))}
            </select>
          )}
          {mayWrite && (
            <button type="button" class="button button--main" title={text.newKey} onClick={() => void begin()}>
              ＋ {text.newRequest}
            </button>
          )}
        </>
      }
    >
      <div class={`orders ${isRightOpen ? 'orders--open' : ''}`}>
        <RequestList
          division={division}
          state={state}
          chosen={chosen}
          stamp={fresh}
          choose={id => {
            draft.value = null;
            openDrawer({ kind: 'request', id });
          }}
        />
        <div class="orders__right">
          {isRightOpen && (
            <button
              type="button"
              class="button orders__back"
              onClick={() => {
                draft.value = null;
                closeDrawer();
              }}
            >
              ← {text.back}
            </button>
          )}
          {draft.value ? (
            <RequestForm
              key={`${draft.value.id}${draft.value.version}`}
              division={division}
              first={draft.value}
              onSaved={id => {
                draft.value = null;
                changed();
                openDrawer({ kind: 'request', id });
              }}
            />
          ) : chosen ? (
            <RequestDetail
              key={chosen}
              id={chosen}
              stamp={fresh}
              mayWrite={mayWrite}
              mayOrder={may('order:write')}
              onChanged={changed}
              onEdit={request => {
                draft.value = draftOf(request);
              }}
            />
          ) : (
            <>
              <ClaimList division={division} stamp={news.counts.claims} mayWrite={maySettle} />
              <OrderList division={division} stamp={fresh} mayWrite={may('order:write')} onChanged={changed} />
            </>
          )}
        </div>
      </div>
    </OfficePage>
  );
}

/** The season's time as the server has it; without an answer the browser's own. */
async function seasonNow(division: string | null): Promise<number> {
  try {
    return division === null ? Date.now() : (await ask('requests', { division, state: 'open' })).asOf;
  } catch (cause) {
    if (cause instanceof RequestFailed) return Date.now();
    throw cause;
  }
}

/** As the map sends it: for this field. */
async function withField(draft: Draft, id: string): Promise<Draft> {
  try {
    const field = await ask('field', { id });
    const harvested = field.operations.find(one => one.operation === 'harvest');
    const operation = harvested?.finishedAt || field.reportedHarvested ? 'sow' : 'harvest';
    const covered = field.operations.find(one => one.operation === operation)?.coveredMu ?? 0;
    const areaMu = String(Math.round(Math.max(0, field.areaMu - covered) * 10) / 10);
    const { lastPricePerMu } = await ask('requestPlaces', { division: field.town, operation });
    return {
      ...draft,
      operation,
      price: lastPricePerMu === null ? '' : String(lastPricePerMu),
      fields: [id],
      areaMu,
      place: { division: field.town, divisionName: field.townName, village: field.village },
    };
  } catch (cause) {
    if (cause instanceof RequestFailed) return draft;
    throw cause;
  }
}
