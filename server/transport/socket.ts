import { createHash } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import {
  type Broadcast,
  type BroadcastName,
  type ClientToServer,
  LIVE_EVENT,
  type RequestInput,
  type RequestName,
  type RequestOutput,
  requests,
  type ServerToClient,
} from '../../shared/contract.ts';
import { MOST_BYTES_A_BATCH } from '../../shared/device.ts';
import type { Actor } from '../../shared/permissions.ts';
import { Refusal, type Reply } from '../../shared/reply.ts';
import { type Broadcaster, machineRoom } from '../services/live-view.ts';
import type { Log } from '../services/log.ts';
import { isOwnOrigin } from './origin.ts';
import { problemOf } from './problem.ts';
import { bearerOf, cookieOf } from './secrets.ts';
import { SenderLimits } from './sender-limits.ts';

/** A message above this ends the connection before it is read. */
const MOST_BYTES_A_MESSAGE = 4 * MOST_BYTES_A_BATCH;

interface SocketData {
  actor: Actor;
  limits: SenderLimits;
  /** Bytes of the message that is being handled. */
  messageBytes: number;
}
type Sockets = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type PageSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

/** A handler for each request of the contract: one that is missing does not compile. */
export type SocketHandlers = {
  [Name in RequestName]: (
    actor: Actor,
    input: RequestInput<Name>,
    socket: PageSocket,
  ) => Promise<RequestOutput<Name>> | RequestOutput<Name>;
};

export interface SocketDeps {
  http: HttpServer;
  publicUrl: string | null;
  wall: () => number;
  log: Log;
  actorOf: (secret: string) => Promise<Actor | null>;
  handlers: SocketHandlers;
  live: (actor: Actor, row: unknown) => void;
  connected: (socket: PageSocket) => void;
}

const hashRoom = (hash: string): string => `secret:${hash}`;
const secretRoom = (secret: string): string => hashRoom(createHash('sha256').update(secret).digest('hex'));

const accountRoom = (account: string, kind: 'pages' | 'devices'): string => `${kind}:${account}`;

export class SocketGateway implements Broadcaster {
  readonly io: Sockets;

  constructor(private readonly deps: SocketDeps) {
    this.io = new Server(deps.http, {
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: MOST_BYTES_A_MESSAGE,
      allowRequest: (request, decide) => decide(null, isOwnOrigin(request, deps.publicUrl)),
    });
    this.io.use((socket, next) => {
      this.authenticate(socket).then(
        () => next(),
        error => next(Object.assign(new Error('unauthenticated'), { data: problemOf(error, deps.log, 'connection') })),
      );
    });
    this.io.on('connection', socket => this.serve(socket));
  }

  send<Name extends BroadcastName>(room: string, name: Name, message: Broadcast<Name>): void {
    (this.io.to(room).emit as (name: BroadcastName, message: unknown) => void)(name, message);
  }

  rooms = (): Iterable<string> => this.io.sockets.adapter.rooms.keys();

  endSession = (secret: string): void => this.endRoom(secretRoom(secret));
  /** Of a secret that only its bearer knows. */
  endHash = (hash: string): void => this.endRoom(hashRoom(hash));

  private endRoom(room: string): void {
    this.io.in(room).emit('session:ended', { message: 'signed out' });
    this.io.in(room).disconnectSockets(true);
  }

  /** Ends what is open in the name of an account: its pages, and its phone's reports if `devices`. */
  endAccount(account: string, devices: boolean): void {
    for (const kind of devices ? (['pages', 'devices'] as const) : (['pages'] as const)) {
      this.io.in(accountRoom(account, kind)).emit('session:ended', { message: 'the account was changed or signed out' });
      this.io.in(accountRoom(account, kind)).disconnectSockets(true);
    }
  }

  get count(): number {
    return this.io.engine.clientsCount;
  }

  close(): Promise<void> {
    return this.io.close();
  }

  /** A device by its token; a page by the cookie. A token from a browser's page drains an outbox of the machine that it names. */
  private async authenticate(socket: PageSocket): Promise<void> {
    const { token } = socket.handshake.auth as { token?: unknown };
    const secret =
      typeof token === 'string' ? token : (bearerOf(socket.request) ?? (socket.handshake.headers.origin ? cookieOf(socket.request) : null));
    const actor = secret === null ? null : await this.deps.actorOf(secret);
    if (!actor) throw new Refusal('unauthenticated', 'sign in, or connect with a valid token');
    socket.data.actor = actor;
    socket.data.limits = new SenderLimits(this.deps.wall);
    socket.data.messageBytes = 0;
    socket.join(secretRoom(secret!));
    if (actor.machine !== null) socket.join(machineRoom(actor.machine));
    if (actor.account !== null) socket.join(accountRoom(actor.account, actor.role === 'device' ? 'devices' : 'pages'));
  }

  private serve(socket: PageSocket): void {
    socket.conn.on('packet', packet => {
      socket.data.messageBytes = typeof packet.data === 'string' ? packet.data.length : (packet.data?.byteLength ?? 0);
    });
    for (const name of Object.keys(requests) as RequestName[]) this.answer(socket, name);
    socket.on(LIVE_EVENT, row => this.deps.live(socket.data.actor, row));
    // The upgrade request is not needed any more, and is most of what an idle connection holds.
    (socket.conn as { request: unknown }).request = null;
    this.deps.connected(socket);
  }

  private answer<Name extends RequestName>(socket: PageSocket, name: Name): void {
    const { handlers, log } = this.deps;
    const handle = async (input: unknown, reply: unknown): Promise<void> => {
      const respond = typeof reply === 'function' ? (reply as (answer: Reply<RequestOutput<Name>>) => void) : () => undefined;
      const { limits, actor, messageBytes } = socket.data;
      try {
        limits.begin(messageBytes);
      } catch (error) {
        respond({ ok: false, problem: problemOf(error, log, name) });
        return;
      }
      try {
        if (name === 'fix:report' && messageBytes > MOST_BYTES_A_BATCH) {
          throw new Refusal('invalid', `a batch of ${messageBytes} bytes: at most ${MOST_BYTES_A_BATCH}`);
        }
        respond({ ok: true, value: await handlers[name](actor, requests[name].input.parse(input) as RequestInput<Name>, socket) });
      } catch (error) {
        limits.failedWith(error);
        respond({ ok: false, problem: problemOf(error, log, name) });
      } finally {
        limits.end(messageBytes);
      }
    };
    socket.on(name as RequestName, handle as never);
  }
}
