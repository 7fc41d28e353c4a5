import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, DispatchPart, ServerToClient } from '../../shared/contract.ts';
import { enter } from './session.ts';

export interface News {
  isConnected: boolean;
  /** Rises whenever something of the part is new or changed, and all of them after a reconnect. */
  counts: Readonly<Record<DispatchPart, number>>;
}

const noNews: News = {
  isConnected: false,
  counts: { forecasts: 0, requests: 0, orders: 0, advice: 0, alerts: 0, notices: 0, claims: 0, candidates: 0 },
};
const parts = Object.keys(noNews.counts) as DispatchPart[];

/** What is new in a unit's dispatch, for pages that ask again for what they show. Null: nothing is watched. */
export function useNews(division: string | null): ReadonlySignal<News> {
  const news = useSignal(noNews);
  useEffect(() => {
    if (division === null) return;
    const socket: Socket<ServerToClient, ClientToServer> = io({
      transports: ['websocket'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 3000,
    });
    const heard = (what: readonly DispatchPart[], isConnected: boolean) => {
      const counts = { ...news.peek().counts };
      for (const part of what) counts[part] += 1;
      news.value = { isConnected, counts };
    };
    // What happened while it was away was missed: everything may be new.
    socket.on('connect', () => socket.emit('dispatch:watch', { division }, () => heard(parts, true)));
    socket.on('dispatch:changed', ({ what }) => heard(what, true));
    socket.on('disconnect', reason => {
      heard([], false);
      if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1000);
    });
    socket.on('session:ended', () => void enter(true));
    return () => {
      socket.disconnect();
    };
  }, [division]);
  return news;
}
