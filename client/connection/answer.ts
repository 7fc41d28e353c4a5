import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, type CallName, type Parameters, RequestFailed } from './http.ts';

export type Answer<Value> =
  | { state: 'loading' }
  /** `isStale`: it could not be asked again since. */
  | { state: 'ready'; value: Value; at: number; isStale: boolean; reload: () => void }
  | { state: 'failed'; code: RequestFailed['code']; retry: () => void };

const failureOf = (cause: unknown): RequestFailed['code'] => {
  if (cause instanceof RequestFailed) return cause.code;
  throw cause;
};

/**
 * What a route says, asked anew whenever the parameters change and every `everyMs`. While it is asked again the last answer stays; an
 * answer of other parameters never shows.
 */
export function useAnswer<Name extends CallName>(name: Name, parameters: Parameters, everyMs?: number): Signal<Answer<RouteOutput<Name>>> {
  const answer = useSignal<Answer<RouteOutput<Name>>>({ state: 'loading' });
  const key = JSON.stringify(parameters);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    answer.value = { state: 'loading' };
    const load = async () => {
      try {
        const value = await ask(name, JSON.parse(key) as Parameters, { signal: stop.signal });
        answer.value = { state: 'ready', value, at: Date.now(), isStale: false, reload };
      } catch (cause) {
        if (stop.signal.aborted) return;
        const code = failureOf(cause);
        // A refresh that fails keeps what was shown, and says of when it is.
        if (answer.value.state === 'ready') answer.value = { ...answer.value, isStale: true };
        else answer.value = { state: 'failed', code, retry };
      }
      if (everyMs !== undefined && !stop.signal.aborted) timer = setTimeout(load, everyMs);
    };
    /** Asks again now, and shows what is there meanwhile. */
    const reload = () => {
      clearTimeout(timer);
      if (!stop.signal.aborted) void load();
    };
    const retry = () => {
      clearTimeout(timer);
      answer.value = { state: 'loading' };
      void load();
    };
    void load();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [name, key, everyMs]);
  return answer;
}
