import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Answer,
  AnswerReader,
  AUTHENTICATE,
  authenticateBody,
  HEARTBEAT,
  plainFrame,
  REGISTER,
  registerBody,
  type Sender,
  sealed,
} from './terminal-frames.ts';

const ANSWER_MS = 30_000;
/** Nothing was answered for so long. */
const STALLED_MS = 300_000;
const AGAIN_MS = 200;
/** Above are those of mutated frames. */
export const MOST_SERIAL = 0x7fff;

/** A terminal as it should be: it keeps a message until it is answered, comes back when the line is gone, and sends it again. */
export class DrillTerminal {
  private socket: Socket | null = null;
  private readonly waiting = new Map<number, (answer: Answer | null) => void>();
  private serial = 0;
  private code: string | null = null;
  /** Messages that were sent more than once, since the line went before they were answered. */
  resent = 0;
  private isClosed = false;

  constructor(
    private readonly sender: Sender,
    private readonly to: { port: number; from: string },
  ) {}

  get isConnected(): boolean {
    return this.socket !== null && !this.socket.destroyed;
  }

  /** Ends when the platform has answered that it is done, or when the terminal was closed. */
  async tell(message: number, body: Buffer): Promise<void> {
    for (const began = Date.now(); !this.isClosed; ) {
      if (Date.now() > began + STALLED_MS) throw new Error(`terminal ${this.sender.number}: no answer within ${STALLED_MS} ms`);
      const isOnline = await this.online();
      const answer = isOnline ? await this.ask(message, body) : null;
      if (isOnline && answer === null) this.resent++;
      if (answer?.result === 0) return;
      if (answer && answer.result !== 1) throw new Error(`terminal ${this.sender.number}: ${message} is answered with ${answer.result}`);
      await pause(AGAIN_MS);
    }
  }

  /** Whether all that was sent on this line before was read. */
  isHeard = async (): Promise<boolean> => (await this.ask(HEARTBEAT, Buffer.alloc(0))) !== null;

  beat = (): Promise<void> => this.tell(HEARTBEAT, Buffer.alloc(0));

  /** A line on which it is known, for what follows to be sent as it; null: there is none at this moment. */
  async line(): Promise<Socket | null> {
    return (await this.online()) ? this.socket : null;
  }

  close(): void {
    this.isClosed = true;
    this.socket?.destroy();
  }

  /** Connected, registered once, and authenticated. */
  private async online(): Promise<boolean> {
    if (this.isConnected) return true;
    if (!(await this.dial())) return false;
    const { edition } = this.sender;
    if (this.code === null) {
      const registered = await this.ask(REGISTER, registerBody(edition));
      if (registered?.result !== 0) return this.hangUp();
      this.code = registered.code;
    }
    const greeted = await this.ask(AUTHENTICATE, authenticateBody(edition, this.code));
    // Unless the line went: the code is another's by now.
    if (greeted && greeted.result !== 0) this.code = null;
    return greeted?.result === 0 || this.hangUp();
  }

  private hangUp(): false {
    this.socket?.destroy();
    return false;
  }

  private dial(): Promise<boolean> {
    return new Promise(settle => {
      const socket = connect({ port: this.to.port, host: '127.0.0.1', localAddress: this.to.from, noDelay: true });
      const reader = new AnswerReader();
      socket.once('connect', () => {
        this.socket = socket;
        settle(true);
      });
      socket.on('data', (chunk: Buffer) => {
        for (const answer of reader.read(chunk)) this.waiting.get(answer.serial)?.(answer);
      });
      socket.on('error', () => undefined);
      socket.once('close', () => {
        settle(false);
        for (const heard of [...this.waiting.values()]) heard(null);
      });
    });
  }

  /** Null: the line went before it was answered. */
  private ask(message: number, body: Buffer): Promise<Answer | null> {
    this.serial = (this.serial % MOST_SERIAL) + 1;
    const { serial } = this;
    return new Promise(settle => {
      // A line on which nothing is answered is given up, and all who wait on it hear so.
      const timer = setTimeout(() => this.hangUp(), ANSWER_MS);
      this.waiting.set(serial, answer => {
        clearTimeout(timer);
        this.waiting.delete(serial);
        settle(answer);
      });
      if (this.isConnected) this.socket!.write(sealed(plainFrame(this.sender, message, { serial, body })));
      else this.waiting.get(serial)!(null);
    });
  }
}
