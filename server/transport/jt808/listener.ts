import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Refusal } from '../../../shared/reply.ts';
import type { Log } from '../../services/log.ts';
import type { TerminalIntake } from '../../services/terminal-intake.ts';
import type { Terminals } from '../../services/terminals.ts';
import { type Decoded, encodeFrame, type Frame, FrameReader } from './frame.ts';
import { authCodeOf, locationOf, MESSAGE, plateOf, RESULT, registerReplyBody, replyBody, storedLocationsOf } from './messages.ts';
import { Parts } from './parts.ts';

/** Terminals say that they are there every few minutes. */
const SILENT_MS = 15 * 60_000;
const MOST_CONNECTIONS = 30_000;
/** So much of what cannot be read is line noise; more is somebody else's protocol. */
const MOST_DAMAGED = 20;

export interface Jt808Deps {
  terminals: Terminals;
  intake: TerminalIntake;
  log: Log;
}

/** Listens for terminals over TCP. Whatever one of them sends, the others are not disturbed by it. */
export class Jt808Listener {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly deps: Jt808Deps) {
    this.server = createServer({ noDelay: true }, socket => this.serve(socket));
    this.server.maxConnections = MOST_CONNECTIONS;
  }

  /** Null: it does not listen. */
  get port(): number | null {
    return this.server.listening ? (this.server.address() as AddressInfo).port : null;
  }

  /** Returns the port. */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((settle, fail) => {
      this.server.once('error', fail);
      this.server.listen(port, host, settle);
    });
    return this.port!;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    for (const socket of this.sockets) socket.destroy();
    await new Promise(settle => this.server.close(settle));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    const line = new TerminalLine(socket, this.deps);
    socket.setTimeout(SILENT_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.sockets.delete(socket);
      line.ended();
    });
    socket.on('data', chunk => {
      // One chunk after the other: what is answered is durable, and a flood waits in the network.
      socket.pause();
      line
        .take(chunk)
        .catch(error => {
          this.deps.log.error({ error: String(error) }, 'a terminal could not be answered');
          socket.destroy();
        })
        .finally(() => socket.resume());
    });
  }
}

/** One connection. It belongs to the terminal that authenticated on it, and to no other. */
class TerminalLine {
  private readonly reader = new FrameReader();
  private readonly parts = new Parts();
  private terminal: string | null = null;
  private serial = 0;
  private damaged = 0;

  constructor(
    private readonly socket: Socket,
    private readonly deps: Jt808Deps,
  ) {}

  async take(chunk: Uint8Array): Promise<void> {
    for (const decoded of this.reader.read(chunk)) {
      if (this.socket.destroyed) return;
      await this.takeOne(decoded);
    }
  }

  ended(): void {
    if (this.terminal !== null) this.deps.terminals.connected(this.terminal, null);
  }

  private async takeOne(decoded: Decoded): Promise<void> {
    if ('damaged' in decoded) {
      if (this.terminal !== null) this.deps.terminals.note(this.terminal, 'damaged', decoded.damaged);
      if (++this.damaged > MOST_DAMAGED) this.socket.destroy();
      return;
    }
    const { frame } = decoded;
    if (frame.message === MESSAGE.register) return this.register(frame);
    if (frame.message === MESSAGE.authenticate) return this.authenticate(frame);
    if (this.terminal !== frame.terminal) return this.reply(frame, RESULT.failed);
    const whole = this.parts.whole(frame);
    // Parts of which more are to come are answered one by one, too.
    this.reply(frame, whole === null ? RESULT.done : await this.resultOf(whole));
  }

  private async register(frame: Frame): Promise<void> {
    const code = await this.deps.terminals.register(frame.terminal);
    this.deps.terminals.note(frame.terminal, 'register', `${plateOf(frame)} ${this.socket.remoteAddress ?? ''}`.trim());
    this.send(frame, MESSAGE.registerReply, code === null ? registerReplyBody(frame, 4) : registerReplyBody(frame, 0, code));
  }

  private authenticate(frame: Frame): void {
    const { terminals } = this.deps;
    const isKnown = terminals.authenticates(frame.terminal, authCodeOf(frame));
    terminals.note(frame.terminal, 'authenticate', isKnown ? (this.socket.remoteAddress ?? '') : 'another code than it was given');
    if (isKnown) {
      this.terminal = frame.terminal;
      terminals.connected(frame.terminal, this.socket.remoteAddress ?? null);
    }
    this.reply(frame, isKnown ? RESULT.done : RESULT.failed);
  }

  private async resultOf(frame: Frame): Promise<number> {
    const { location, storedLocations, heartbeat, terminalReply, logout } = MESSAGE;
    if (frame.message === heartbeat || frame.message === terminalReply || frame.message === logout) return RESULT.done;
    if (frame.message === location) return this.locate([locationOf(frame.body)]);
    if (frame.message === storedLocations) return this.locate(storedLocationsOf(frame.body));
    return RESULT.notSupported;
  }

  /** `failed` makes a terminal send it again: nothing of it is promised. */
  private async locate(locations: ReturnType<typeof storedLocationsOf>): Promise<number> {
    const terminal = this.deps.terminals.find(this.terminal!);
    if (!terminal) return RESULT.failed;
    try {
      await this.deps.intake.take(terminal, locations);
    } catch (error) {
      if (error instanceof Refusal) return RESULT.failed;
      throw error;
    }
    const last = locations.at(-1);
    const place = last ? `${last.lng.toFixed(6)} ${last.lat.toFixed(6)} ${last.speedKmh} km/h` : 'could not be read';
    this.deps.terminals.note(terminal.number, locations.length > 1 ? `locations × ${locations.length}` : 'location', place);
    return locations.every(one => one === null) ? RESULT.wrong : RESULT.done;
  }

  private reply(frame: Frame, result: number): void {
    this.send(frame, MESSAGE.platformReply, replyBody(frame, result));
  }

  private send({ edition, terminal }: Frame, message: number, body: Uint8Array): void {
    if (this.socket.destroyed) return;
    this.serial = (this.serial + 1) & 0xffff;
    this.socket.write(encodeFrame({ message, edition, terminal, serial: this.serial, body }));
  }
}
