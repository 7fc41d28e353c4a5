import type { Socket } from 'node:net';
import WebSocket from 'ws';

interface Answer {
  ok: boolean;
  value?: { upTo: number; refused: unknown[] };
}

/**
 * The least that speaks Socket.IO as a device does: it costs little beside the server that is measured, and its bytes can be counted.
 * https://socket.io/docs/v4/engine-io-protocol and https://socket.io/docs/v4/socket-io-protocol
 */
export class Line {
  private nextId = 0;
  private readonly heard = new Map<number, (upTo: number) => void>();
  /** Told of an answer that is not ok, and of a connection that ends by itself. */
  onFailure: (error: Error) => void = error => {
    throw error;
  };

  private constructor(private readonly socket: WebSocket) {}

  static open(port: number, token: string): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
        perMessageDeflate: false,
        // A mask of zeros is a mask: the server does its part, and the client need not.
        generateMask: mask => mask.fill(0),
      });
      const line = new Line(socket);
      line.onFailure = reject;
      socket.on('error', error => line.onFailure(error));
      socket.on('close', code => line.onFailure(new Error(`the server ended the connection: ${code}`)));
      socket.on('message', data => {
        const text = String(data);
        if (text.startsWith('43')) line.takeAnswer(text);
        else if (text === '2') socket.send('3');
        else if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
        else if (text.startsWith('40')) resolve(line);
        else if (text.startsWith('44')) reject(new Error(text));
      });
    });
  }

  /** `fix:report` of a packed batch. */
  report(outbox: string, packed: Uint8Array, heard: (upTo: number) => void): void {
    const id = this.nextId++;
    this.heard.set(id, heard);
    // Both frames in one write.
    const wire = this.wire();
    wire.cork();
    this.socket.send(`451-${id}["fix:report",{"v":1,"outbox":"${outbox}","packed":{"_placeholder":true,"num":0}}]`);
    this.socket.send(packed);
    wire.uncork();
  }

  /** Of all that went over the wire, frames and handshake included. */
  bytes(): number {
    const { bytesRead, bytesWritten } = this.wire();
    return bytesRead + bytesWritten;
  }

  private wire(): Socket {
    return (this.socket as unknown as { _socket: Socket })._socket;
  }

  close(): void {
    this.onFailure = () => undefined;
    this.socket.close();
  }

  private takeAnswer(text: string): void {
    const from = text.indexOf('[');
    const id = Number(text.slice(2, from));
    const [answer] = JSON.parse(text.slice(from)) as [Answer];
    const heard = this.heard.get(id);
    this.heard.delete(id);
    if (answer.ok && heard && answer.value!.refused.length === 0) heard(answer.value!.upTo);
    else this.onFailure(new Error(`answered ${text}`));
  }
}
