import { useSignal } from '@preact/signals';
import type { RouteOutput } from '../../shared/rest.ts';
import type { WorkRequestShown } from '../../shared/work-order.ts';
import type { Answer } from '../connection/answer.ts';
import { words } from '../language/language.ts';
import { Awaited, Quiet } from '../panels/message.tsx';
import { ageOf, mu, timeNear } from '../state/format.ts';
import { type BoardParts, choose, isChosen } from './board-parts.ts';
import { saveCsv } from './csv.ts';
import { holds, ListTools, Panel, Row } from './panel.tsx';
import { boardWords } from './words.ts';

type Sort = 'urgent' | 'area' | 'place';
/** With less than this left a request is amber. */
const SOON_MS = 24 * 3_600_000;

export const placeOf = (request: WorkRequestShown): string => [request.divisionName, request.village].filter(Boolean).join(' ');

/** 待派: requests of which mu are with nobody yet, the most urgent first. */
export function RequestSection({ answer, now, unit, chosen }: BoardParts & { answer: Answer<RouteOutput<'requests'>> }) {
  const text = boardWords.value;
  const filter = useSignal('');
  const sort = useSignal<Sort>('urgent');
  const all = answer.state === 'ready' ? answer.value.requests : [];
  const shown = arranged(all, sort.value).filter(one =>
    holds(filter.value, placeOf(one), one.contactName, one.note, text.requests.sources[one.source]),
  );
  return (
    <Panel
      name="requests"
      count={answer.state === 'ready' ? text.rows(shown.length, answer.value.total) : undefined}
      tools={
        <ListTools
          filter={filter.value}
          onFilter={typed => {
            filter.value = typed;
          }}
          sort={sort.value}
          sorts={text.requests.sort}
          onSort={wanted => {
            sort.value = wanted;
          }}
          onExport={() => saveCsv(`${text.requests.file}-${unit}`, sheetOf(shown, now))}
        />
      }
    >
      <Awaited answer={answer}>
        {() => (
          <>
            {all.length === 0 && <Quiet>{text.requests.empty}</Quiet>}
            {all.length > 0 && shown.length === 0 && <Quiet>{text.noMatch}</Quiet>}
            {shown.map(request => (
              <Row
                key={request.id}
                class="board-row--request"
                isChosen={isChosen(chosen, 'request', request.id)}
                onChoose={() => choose('request', request.id)}
                data={request.id}
              >
                <b>{placeOf(request)}</b>
                <span>{text.requests.openOf(mu(request.openMu), mu(request.areaMu))}</span>
                <Due request={request} now={now} />
                <span class="board-row__rest">
                  {[
                    words.value.operations[request.operation],
                    text.requests.sources[request.source],
                    request.pricePerMu === null ? '' : text.requests.price(String(request.pricePerMu)),
                    request.trackedOnly ? text.requests.tracked : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </Row>
            ))}
          </>
        )}
      </Awaited>
    </Panel>
  );
}

function Due({ request, now }: { request: WorkRequestShown; now: number }) {
  const text = boardWords.value.requests;
  const left = request.to - now;
  const span = words.value.span(left >= 0 ? ageOf(now, request.to) : ageOf(request.to, now));
  return (
    <span class={`since ${left < SOON_MS ? 'since--long' : ''}`} title={text.due(timeNear(request.to, now))}>
      {left < SOON_MS && <span aria-hidden="true">⚠ </span>}
      {left >= 0 ? text.left(span) : text.over(span)}
    </span>
  );
}

function arranged(requests: readonly WorkRequestShown[], sort: Sort): WorkRequestShown[] {
  const compare = {
    urgent: (one: WorkRequestShown, other: WorkRequestShown) => one.to - other.to || other.openMu - one.openMu,
    area: (one: WorkRequestShown, other: WorkRequestShown) => other.openMu - one.openMu,
    place: (one: WorkRequestShown, other: WorkRequestShown) => placeOf(one).localeCompare(placeOf(other), 'zh-CN'),
  }[sort];
  return [...requests].sort(compare);
}

function sheetOf(requests: readonly WorkRequestShown[], now: number): string[][] {
  const { columns: heads, sources } = boardWords.value.requests;
  return [
    [heads.place, heads.division, heads.source, heads.operation, heads.openMu, heads.areaMu, heads.from, heads.to, heads.price, heads.note],
    ...requests.map(request => [
      request.village,
      request.divisionName,
      sources[request.source],
      words.value.operations[request.operation],
      request.openMu.toFixed(1),
      request.areaMu.toFixed(1),
      timeNear(request.from, now),
      timeNear(request.to, now),
      request.pricePerMu === null ? '' : String(request.pricePerMu),
      request.note,
    ]),
  ];
}
