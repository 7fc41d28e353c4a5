import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { type Answer, useAnswer } from '../connection/answer.ts';
import type { CallName, Parameters } from '../connection/http.ts';

const REFRESH_MS = 30_000;

/** What a route says, asked again whenever `stamp` rises: something of it is new. */
export function useFresh<Name extends CallName>(name: Name, parameters: Parameters, stamp: number): Answer<RouteOutput<Name>> {
  const answer = useAnswer(name, parameters, REFRESH_MS);
  useEffect(() => {
    const now = answer.peek();
    if (now.state === 'ready') now.reload();
  }, [stamp, answer]);
  return answer.value;
}
