import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { MachineCard } from '../../shared/contract.ts';
import { ask, RequestFailed } from '../connection/http.ts';

const PAUSE_MS = 180;
const MOST = 8;

/** Machines of the list that fit what is typed. Without a network there are none, and the plate stands for itself. */
export function useFoundMachines(typed: string): readonly MachineCard[] {
  const found = useSignal<readonly MachineCard[]>([]);
  useEffect(() => {
    if (typed === '') {
      found.value = [];
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        found.value = (await ask('search', { q: typed }, { signal: stop.signal })).machines.slice(0, MOST);
      } catch (cause) {
        if (stop.signal.aborted) return;
        if (!(cause instanceof RequestFailed)) throw cause;
        found.value = [];
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed]);
  return found.value;
}
