import type { RouteOutput } from '../../shared/rest.ts';
import { boardWords } from '../board/words.ts';
import { candidatesOf } from '../candidates/candidates-of.ts';
import { candidateWords } from '../candidates/words.ts';
import type { Answer } from '../connection/answer.ts';
import { useFresh } from '../connection/fresh.ts';
import { useNews } from '../connection/news.ts';
import type { Desk } from '../state/desk.ts';
import { count } from '../state/format.ts';
import { hashOf, type ListName } from '../state/route.ts';

/** 提醒 3 · 建议 2 · 待派 14 · 维修 5: what waits for a dispatcher in the unit; each opens the board there. */
export function DeskFoot({ desk, unit, repairs }: { desk: Desk; unit: string; repairs: number }) {
  const { root } = desk;
  const text = boardWords.value.foot;
  const news = useNews(root).value.counts;
  const alerts = useFresh('alerts', { division: unit }, news.alerts);
  const advice = useFresh('adviceList', { division: unit }, news.advice);
  const requests = useFresh('requests', { division: unit, state: 'open' }, news.requests + news.orders);
  const open = useFresh('listRepairs', { division: unit }, repairs);
  const candidates = candidatesOf(desk, unit);
  const figures: [ListName, string][] = [
    ['alerts', text.alerts(figure(alerts, unnoted))],
    ['advised', text.advice(figure(advice, value => value.advice.length))],
    ['requests', text.requests(figure(requests, value => value.total))],
    ['repairs', text.repairs(figure(open, value => value.total))],
  ];
  return (
    <nav class="foot" aria-label={text.label}>
      {figures.map(([list, label]) => (
        <a key={list} class="foot__figure" href={`/board${hashOf({ division: unit, drawer: { kind: list } })}`} title={text.open}>
          {label}
        </a>
      ))}
      <a class="foot__figure" href={hashOf({ division: unit, drawer: { kind: 'candidates' } })} title={candidateWords.value.openList}>
        {candidateWords.value.foot(candidates === null ? '…' : count(candidates.length))}
      </a>
    </nav>
  );
}

/** Those that nobody has noted yet. */
const unnoted = ({ alerts }: RouteOutput<'alerts'>): number => alerts.filter(({ acknowledged }) => acknowledged === null).length;

/** An ellipsis while nobody knows; a number that could not be asked again says so. */
function figure<Value>(answer: Answer<Value>, of: (value: Value) => number): string {
  if (answer.state !== 'ready') return '…';
  return `${count(of(answer.value))}${answer.isStale ? '?' : ''}`;
}
