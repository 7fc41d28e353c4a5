import { createServer, connect as dial, type Socket } from 'node:net';

export interface ThinLineOptions {
  /** Each way. */
  bitsPerS: number;
  roundTripMs: number;
}

export interface ThinLine {
  url: string;
  /** Bytes of the connection itself: WebSocket frames and the requests before them. */
  upBytes: number;
  downBytes: number;
  /** The same with the headers of TCP and IP, by which the line is filled. */
  upLineBytes: number;
  close(): void;
}

const MOST_BUFFERED_BYTES = 16 * 1024;
const SEGMENT_BYTES = 1400;
/** TCP and IPv4 headers of a segment. */
const HEADER_BYTES = 40;

/** A mobile network with one bar: a proxy that lets little through, late, and keeps little. What it has no room for waits at the sender. */
export async function thinLine(to: string, options: ThinLineOptions): Promise<ThinLine> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true, highWaterMark: MOST_BUFFERED_BYTES }, near => {
    const far = dial({ port: Number(port), host: hostname, noDelay: true });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    shape(near, far, options, bytes => {
      line.upBytes += bytes;
      line.upLineBytes += bytes + HEADER_BYTES;
    });
    shape(far, near, options, bytes => {
      line.downBytes += bytes;
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  const line: ThinLine = {
    url: `http://127.0.0.1:${address.port}`,
    upBytes: 0,
    downBytes: 0,
    upLineBytes: 0,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
  return line;
}

/** One direction: a segment after the other at the line's rate, each heard half a round trip after it was sent. */
function shape(from: Socket, to: Socket, { bitsPerS, roundTripMs }: ThinLineOptions, onSent: (bytes: number) => void): void {
  const onTheWay: { bytes: Buffer; sentAt: number }[] = [];
  let bufferedBytes = 0;
  let freeAt = 0;
  const fill = (): void => {
    while (bufferedBytes < MOST_BUFFERED_BYTES && from.readableLength > 0) {
      const bytes: Buffer = from.read(Math.min(SEGMENT_BYTES, MOST_BUFFERED_BYTES - bufferedBytes, from.readableLength));
      freeAt = Math.max(performance.now(), freeAt) + ((bytes.length + HEADER_BYTES) * 8000) / bitsPerS;
      bufferedBytes += bytes.length;
      onTheWay.push({ bytes, sentAt: freeAt });
      setTimeout(() => sent(bytes.length), freeAt - performance.now());
      setTimeout(arrive, freeAt + roundTripMs / 2 - performance.now());
    }
    // Without this a stream that was read in parts does not say when there is more.
    if (bufferedBytes < MOST_BUFFERED_BYTES) from.read(0);
  };
  const sent = (bytes: number): void => {
    bufferedBytes -= bytes;
    onSent(bytes);
    fill();
  };
  /** In order, whichever timer comes first. */
  const arrive = (): void => {
    const due = performance.now() - roundTripMs / 2 + 1;
    while (onTheWay.length > 0 && onTheWay[0].sentAt <= due) to.write(onTheWay.shift()!.bytes);
    if (onTheWay.length > 0) setTimeout(arrive, Math.max(1, onTheWay[0].sentAt - due));
  };
  from.on('readable', fill);
}
