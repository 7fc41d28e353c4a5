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
  const key = JSON.stringify(parameters);
  return useLoaded(signal => ask(name, JSON.parse(key) as Parameters, { signal }), `${name} ${key}`, everyMs);
}

/** The same for what takes more than one route; `key` names what is loaded. */
export function useLoaded<Value>(load: (signal: AbortSignal) => Promise<Value>, key: string, everyMs?: number): Signal<Answer<Value>> {
  const answer = useSignal<Answer<Value>>({ state: 'loading' });
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    answer.value = { state: 'loading' };
    /** Of several that are under way only the one asked last counts. */
    let asked = 0;
    const again = async () => {
      const own = ++asked;
      const isOver = () => stop.signal.aborted || own !== asked;
      try {
        const value = await load(stop.signal);
        if (isOver()) return;
        answer.value = { state: 'ready', value, at: Date.now(), isStale: false, reload };
      } catch (cause) {
        if (isOver()) return;
        const code = failureOf(cause);
        // A refresh that fails keeps what was shown, and says of when it is.
        if (answer.value.state === 'ready') answer.value = { ...answer.value, isStale: true };
        else answer.value = { state: 'failed', code, retry };
      }
      if (everyMs !== undefined) timer = setTimeout(again, everyMs);
    };
    /** Asks again now, and shows what is there meanwhile. */
    const reload = () => {
      clearTimeout(timer);
      if (!stop.signal.aborted) void again();
    };
    const retry = () => {
      clearTimeout(timer);
      answer.value = { state: 'loading' };
      void again();
    };
    void again();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [key, everyMs]);
  return answer;
}
