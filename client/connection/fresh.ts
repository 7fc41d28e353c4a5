import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { type Answer, useAnswer } from './answer.ts';
import type { CallName, Parameters } from './http.ts';

/** Asked anyway once in a while, should news have been lost. */
export const ANYWAY_MS = 60_000;
/** What happens at once is asked for once. */
const SETTLE_MS = 300;

/** What a route says, asked again with every news of it. */
export const useFresh = <Name extends CallName>(name: Name, parameters: Parameters, news: number): Answer<RouteOutput<Name>> =>
  useFollowing(useAnswer(name, parameters, ANYWAY_MS), news);

/** Asks again whenever `news` has risen. */
export function useFollowing<Value>(answer: Signal<Answer<Value>>, news: number): Answer<Value> {
  useEffect(() => {
    if (news === 0) return;
    const timer = setTimeout(() => {
      const now = answer.peek();
      if (now.state === 'ready') now.reload();
      else if (now.state === 'failed') now.retry();
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [news]);
  return answer.value;
}
