import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RouteOutput } from '../../shared/rest.ts';
import { ask, RequestFailed } from '../connection/http.ts';

export interface AuditFilter {
  object: string;
  person: string;
  action: string;
  day: string;
}

export type AuditEvent = RouteOutput<'audit'>['events'][number];

interface AuditState {
  loading: boolean;
  failed: RequestFailed['code'] | null;
  events: AuditEvent[];
  next: string | null;
  actions: string[];
}

const WAIT_MS = 250;

/** Only what is filled in. */
export const parametersOf = (filter: AuditFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value.trim() !== ''));

/** The events of a filter, page after page; a page of an older filter never shows. */
export function useAudit(filter: AuditFilter): { state: AuditState; more: () => void; retry: () => void } {
  const state = useSignal<AuditState>({ loading: true, failed: null, events: [], next: null, actions: [] });
  const stop = useRef(new AbortController());
  const key = JSON.stringify(parametersOf(filter));
  const load = async (from: string | null) => {
    const { signal } = stop.current;
    state.value = { ...state.value, loading: true, failed: null };
    try {
      const { events, next, actions } = await ask('audit', { ...JSON.parse(key), ...(from !== null && { from }) }, { signal });
      state.value = { loading: false, failed: null, events: from === null ? events : [...state.value.events, ...events], next, actions };
    } catch (cause) {
      if (signal.aborted) return;
      if (!(cause instanceof RequestFailed)) throw cause;
      state.value = { ...state.value, loading: false, failed: cause.code };
    }
  };
  useEffect(() => {
    stop.current.abort();
    stop.current = new AbortController();
    // Not with every letter that is typed.
    const timer = setTimeout(() => void load(null), WAIT_MS);
    return () => clearTimeout(timer);
  }, [key]);
  useEffect(() => () => stop.current.abort(), []);
  return { state: state.value, more: () => void load(state.value.next), retry: () => void load(null) };
}
