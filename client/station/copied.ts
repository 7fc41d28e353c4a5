import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, type CallName, type Parameters, RequestFailed } from '../connection/http.ts';
import type { StationDesk } from './station-desk.ts';

export interface Copied<Value> {
  value: Value;
  /** Heard before the network was lost. */
  isStale: boolean;
}

/** What a route says, asked again after everything that happened at this station; without a network as it was last heard here. */
export function useCopied<Name extends CallName>(
  desk: StationDesk,
  name: Name,
  parameters: Parameters,
): { copied: Copied<RouteOutput<Name>> | null; failed: RequestFailed['code'] | null; reload: () => void } {
  const copied = useSignal<Copied<RouteOutput<Name>> | null>(null);
  const failed = useSignal<RequestFailed['code'] | null>(null);
  const asked = useSignal(0);
  const key = `${name}:${JSON.stringify(parameters)}`;
  useEffect(() => {
    const stop = new AbortController();
    const load = async () => {
      try {
        const value = await ask(name, parameters, { signal: stop.signal });
        copied.value = { value, isStale: false };
        failed.value = null;
        await desk.store.keepCopy(key, value);
      } catch (cause) {
        if (stop.signal.aborted) return;
        if (!(cause instanceof RequestFailed)) throw cause;
        failed.value = cause.code;
        const kept = copied.value?.value ?? ((await desk.store.copyOf(key))?.value as RouteOutput<Name> | undefined);
        if (kept !== undefined) copied.value = { value: kept, isStale: true };
      }
    };
    void load();
    return () => stop.abort();
  }, [key, desk.changes.value, desk.outgoing.done.value, asked.value]);
  return { copied: copied.value, failed: failed.value, reload: () => void asked.value++ };
}
