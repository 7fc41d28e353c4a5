import { Refusal } from '../../shared/reply.ts';
import type { Guard } from '../services/guard.ts';
import type { Ingest } from '../services/ingest.ts';
import { dispatchRoom, type LiveView, repairRoom, viewRoom } from '../services/live-view.ts';
import type { SeasonBook } from '../services/season-book.ts';
import type { PageSocket, SocketHandlers } from './socket.ts';

export interface SocketParts {
  book: SeasonBook;
  guard: Guard;
  ingest: Ingest;
  view: LiveView;
  /** Null outside the demonstration. */
  setClock: ((change: { paused?: boolean; speed?: number }) => Promise<ReturnType<SeasonBook['clock']['current']>>) | null;
}

/** What each request of the socket does: who may, then what. */
export function socketHandlers({ book, guard, ingest, view, setClock }: SocketParts): SocketHandlers {
  return {
    'fix:report': (actor, input) => {
      const machine = input.machine ?? actor.machine;
      if (!machine) throw new Refusal('forbidden', 'fix:report: connect with the token of a machine');
      guard.onMachine(actor, 'fix:report', machine);
      return ingest.report(machine, input);
    },
    'view:open': (actor, { division }, socket) => {
      guard.onDivision(actor, 'view:read', division);
      if (!book.registry.divisions.has(division)) throw new Refusal('notFound', `there is no unit ${division}`);
      leave(socket, 'view:');
      // Snapshot and room in one turn: no change falls between them.
      void socket.join(viewRoom(division));
      return view.open(division);
    },
    'tiles:watch': (actor, { tiles }, socket) => {
      guard.anywhere(actor, 'field:read');
      leave(socket, 'tile:');
      const watched = tiles.map(tile => view.watch(tile, town => guard.reaches(actor, 'field:read', town)));
      for (const { rooms } of watched) void socket.join(rooms);
      return { fields: watched.flatMap(({ fields }) => fields) };
    },
    'repairs:watch': (actor, { station }, socket) => {
      const at = book.registry.stations.find(one => one.id === station);
      guard.onRepair(actor, 'repair:read', { station, units: at ? book.registry.chain(at.division) : [] });
      leave(socket, 'repairs:');
      void socket.join(repairRoom(station));
      return {};
    },
    'dispatch:watch': (actor, { division }, socket) => {
      guard.onDivision(actor, 'view:read', division);
      leave(socket, 'dispatch:');
      void socket.join(dispatchRoom(division));
      return {};
    },
    'clock:set': (actor, change) => {
      guard.onCity(actor, 'clock:set');
      if (!setClock) throw new Refusal('forbidden', 'clock:set: only the demonstration has a clock that can be set');
      return setClock(change);
    },
  };
}

function leave(socket: PageSocket, prefix: string): void {
  for (const room of socket.rooms) if (room.startsWith(prefix)) void socket.leave(room);
}
