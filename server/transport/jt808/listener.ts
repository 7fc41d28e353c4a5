import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Refusal } from '../../../shared/reply.ts';
import { addressKey } from '../../services/address-limit.ts';
import type { Log } from '../../services/log.ts';
import type { TerminalIntake } from '../../services/terminal-intake.ts';
import type { Terminals } from '../../services/terminals.ts';
import { ClockWatch } from './clock-watch.ts';
import { type Decoded, encodeFrame, type Frame, FrameReader } from './frame.ts';
import { authCodeOf, locationOf, MESSAGE, plateOf, RESULT, registerReplyBody, replyBody, storedLocationsOf } from './messages.ts';
import { Parts } from './parts.ts';

/** Terminals say that they are there every few minutes. */
const SILENT_MS = 15 * 60_000;
const MOST_CONNECTIONS = 30_000;
/** After a restart thousands call at once; the system lets no more wait than it is set to. */
const BACKLOG = 4096;
/** So much of what cannot be read, or is sent without a right to it, is line noise or a mistake; more is somebody else's protocol. */
const MOST_DAMAGED = 20;
/** A terminal that connects says at once who it is. */
const STRANGER_MS = 30_000;
/** Of one address, connections that have not said yet who they are. A mobile network puts thousands of honest terminals behind one. */
const MOST_STRANGERS = 1000;

export interface Jt808Deps {
  terminals: Terminals;
  intake: TerminalIntake;
  log: Log;
  /** How long a connection may stay that does not say who it is. */
  strangerMs?: number;
  mostStrangers?: number;
}

/** Listens for terminals over TCP. Whatever one of them sends, the others are not disturbed by it. */
export class Jt808Listener {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  /** Connections of each address that have not authenticated. */
  private readonly strangers = new Map<string, number>();
  /** The connection on which each terminal authenticated last. */
  private readonly lines = new Map<string, TerminalLine>();

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
      this.server.listen({ port, host, backlog: BACKLOG }, settle);
    });
    return this.port!;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    for (const socket of this.sockets) socket.destroy();
    await new Promise(settle => this.server.close(settle));
  }

  private serve(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    const greeted = this.admitStranger(socket);
    if (greeted === null) return;
    this.sockets.add(socket);
    const line = new TerminalLine(socket, this.deps, terminal => {
      greeted();
      this.lines.set(terminal, line);
    });
    socket.setTimeout(SILENT_MS, () => socket.destroy());
    socket.once('close', () => {
      this.sockets.delete(socket);
      greeted();
      this.ended(line);
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
        // Who does not take the answers is not read any further either: they would pile up here.
        .finally(() => (socket.writableNeedDrain ? socket.once('drain', () => socket.resume()) : socket.resume()));
    });
  }

  /** Null: there is no room for it. Else what to call when it has said who it is, or is gone. */
  private admitStranger(socket: Socket): (() => void) | null {
    const { strangerMs = STRANGER_MS, mostStrangers = MOST_STRANGERS } = this.deps;
    const from = addressKey(socket.remoteAddress ?? null);
    const count = this.strangers.get(from) ?? 0;
    if (count >= mostStrangers) {
      socket.resetAndDestroy();
      return null;
    }
    this.strangers.set(from, count + 1);
    const timer = setTimeout(() => socket.destroy(), strangerMs).unref();
    let isStranger = true;
    return () => {
      if (!isStranger) return;
      isStranger = false;
      clearTimeout(timer);
      const left = this.strangers.get(from)! - 1;
      if (left === 0) this.strangers.delete(from);
      else this.strangers.set(from, left);
    };
  }

  /** A terminal that has come back on another connection meanwhile is still there. */
  private ended(line: TerminalLine): void {
    const { terminal } = line;
    if (terminal === null || this.lines.get(terminal) !== line) return;
    this.lines.delete(terminal);
    this.deps.terminals.connected(terminal, null);
  }
}

/** One connection. It belongs to the terminal that authenticated on it, and to no other. */
class TerminalLine {
  private readonly reader = new FrameReader();
  private readonly parts = new Parts();
  terminal: string | null = null;
  private serial = 0;
  private damaged = 0;
  private readonly watch = new ClockWatch();

  constructor(
    private readonly socket: Socket,
    private readonly deps: Jt808Deps,
    private readonly onGreeted: (terminal: string) => void,
  ) {}

  async take(chunk: Uint8Array): Promise<void> {
    for (const decoded of this.reader.read(chunk)) {
      if (this.socket.destroyed) return;
      await this.takeOne(decoded);
    }
  }

  private async takeOne(decoded: Decoded): Promise<void> {
    if ('damaged' in decoded) {
      if (this.terminal !== null) this.deps.terminals.note(this.terminal, 'damaged', decoded.damaged);
      return this.countDamage();
    }
    const { frame } = decoded;
    if (frame.message === MESSAGE.register) return this.register(frame);
    if (frame.message === MESSAGE.authenticate) return this.authenticate(frame);
    if (this.terminal !== frame.terminal) {
      this.countDamage();
      return this.reply(frame, RESULT.failed);
    }
    if (frame.part !== null && frame.message !== MESSAGE.storedLocations) return this.reply(frame, RESULT.notSupported);
    const whole = this.parts.whole(frame);
    // Parts of which more are to come are answered one by one, too.
    this.reply(frame, whole === null ? RESULT.done : await this.resultOf(whole));
  }

  private countDamage(): void {
    if (++this.damaged > MOST_DAMAGED) this.socket.destroy();
  }

  private async register(frame: Frame): Promise<void> {
    // Each is a write: a terminal registers once, when it has no code.
    this.countDamage();
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
      this.onGreeted(frame.terminal);
      terminals.connected(frame.terminal, this.socket.remoteAddress ?? null);
    } else this.countDamage();
    this.reply(frame, isKnown ? RESULT.done : RESULT.failed);
  }

  private async resultOf(frame: Frame): Promise<number> {
    const { location, storedLocations, heartbeat, terminalReply, logout } = MESSAGE;
    if (frame.message === heartbeat || frame.message === terminalReply || frame.message === logout) return RESULT.done;
    if (frame.message === location) {
      const now = locationOf(frame.body);
      if (now) this.watchClock(frame.terminal, now.fixTime);
      return this.locate([now]);
    }
    if (frame.message === storedLocations) return this.locate(storedLocationsOf(frame.body));
    return RESULT.notSupported;
  }

  private watchClock(terminal: string, fixTime: number): void {
    const stepMs = this.watch.step(fixTime, this.deps.terminals.now());
    if (stepMs === null) return;
    this.deps.terminals.count(terminal, { clockSteps: 1 });
    this.deps.terminals.note(terminal, 'clock', `${stepMs > 0 ? '+' : ''}${Math.round(stepMs / 1000)} s`);
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
