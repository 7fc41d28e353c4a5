import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import type { ClockLine } from '../../shared/clock.ts';
import type { ClientToServer, FieldRow, RequestInput, ServerToClient } from '../../shared/contract.ts';
import type { ProblemCode } from '../../shared/reply.ts';
import { type Link, LOST_AFTER_MS } from '../state/link-state.ts';
import { changedView, type LiveView, openedView } from '../state/live-view.ts';

type LiveSocket = Socket<ServerToClient, ClientToServer>;

export interface Live {
  view: ReadonlySignal<LiveView | null>;
  link: ReadonlySignal<Link>;
  clock: ReadonlySignal<ClockLine | null>;
  /** Why the view could not be opened, if it was refused. */
  refused: ReadonlySignal<ProblemCode | null>;
  /** Rises whenever a repair of the unit is new or changed. */
  repairs: ReadonlySignal<number>;
  /** Replaces the watched tiles; `onStages` then gets all their stages, again after each reconnect. */
  watchTiles(tiles: string[]): void;
  setClock(change: RequestInput<'clock:set'>): void;
  close(): void;
}

export interface FieldListener {
  /** All stages of the watched tiles that are not `standing`. */
  onStages(tiles: string[], rows: FieldRow[]): void;
  onChange(rows: FieldRow[]): void;
  /** Fields in these tiles have other shapes now, or are new. */
  onReshape(tiles: string[]): void;
}

/** Who looks: the page's session by its cookie, or a big screen by its token. */
export interface Bearer {
  onSessionEnd: () => void;
  token?: string;
}

/** Opens the room of one unit and keeps it open; a view is asked for anew after every reconnect, because deltas were missed meanwhile. */
export function openLive(division: string, fields: FieldListener, { onSessionEnd, token }: Bearer): Live {
  const view = signal<LiveView | null>(null);
  const link = signal<Link>({ connected: false, lastBeatAt: null, since: Date.now() });
  const clock = signal<ClockLine | null>(null);
  const refused = signal<ProblemCode | null>(null);
  const repairs = signal(0);
  let watched: string[] = [];
  const auth = token === undefined ? {} : { auth: { token } };
  const socket: LiveSocket = io({ transports: ['websocket'], reconnectionDelay: 500, reconnectionDelayMax: 3000, ...auth });

  const beat = () => {
    link.value = { ...link.value, connected: true, lastBeatAt: Date.now() };
  };

  const watch = () => {
    if (!socket.connected) return;
    const asked = watched;
    socket.emit('tiles:watch', { tiles: asked }, reply => {
      if (reply.ok && asked === watched) fields.onStages(asked, reply.value.fields);
    });
  };

  socket.on('connect', () => {
    socket.emit('view:open', { division }, reply => {
      if (!reply.ok) {
        refused.value = reply.problem.code;
        if (reply.problem.code === 'unauthenticated') onSessionEnd();
        return;
      }
      batch(() => {
        refused.value = null;
        view.value = openedView(reply.value);
        clock.value = reply.value.clock;
        beat();
      });
    });
    watch();
  });
  socket.on('view:changed', delta => {
    if (view.value === null) return;
    const before = view.value;
    batch(() => {
      view.value = changedView(before, delta);
      beat();
    });
  });
  socket.on('field:changed', message => fields.onChange(message.fields));
  socket.on('tiles:changed', ({ tiles }) => {
    fields.onReshape(tiles);
    watch();
  });
  socket.on('repairs:changed', () => {
    repairs.value += 1;
  });
  socket.on('clock:changed', line => {
    clock.value = line;
  });
  socket.on('session:ended', onSessionEnd);
  socket.on('disconnect', reason => {
    link.value = { ...link.value, connected: false };
    // Closed by the server on purpose, the client does not try again by itself.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1000);
  });
  socket.on('connect_error', problem => {
    if (/unauthenticated/.test(problem.message)) onSessionEnd();
    else if (!socket.active) setTimeout(() => socket.connect(), 2000);
  });

  // A connection that is open but silent is a dead one: start over.
  const watchdog = setInterval(() => {
    const { connected, lastBeatAt } = link.value;
    if (connected && lastBeatAt !== null && Date.now() - lastBeatAt >= LOST_AFTER_MS) {
      link.value = { ...link.value, connected: false };
      socket.disconnect().connect();
    }
  }, 1000);

  return {
    view,
    link,
    clock,
    refused,
    repairs,
    watchTiles: tiles => {
      watched = tiles;
      watch();
    },
    setClock: change =>
      socket.emit('clock:set', change, reply => {
        if (reply.ok) clock.value = reply.value;
      }),
    close: () => {
      clearInterval(watchdog);
      socket.disconnect();
    },
  };
}
