import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** The mobile network between a phone and the server: a page cannot tell a cut line from a dead spot. */
export class Line {
  url = '';
  private server: Server | null = null;
  private readonly open = new Set<Socket>();
  private port = 0;

  constructor(private readonly to: string) {}

  static async to(url: string): Promise<Line> {
    const line = new Line(url);
    await line.mend();
    line.url = `http://127.0.0.1:${line.port}`;
    afterAll(() => line.cut());
    return line;
  }

  cut(): void {
    this.server?.close();
    this.server = null;
    for (const socket of this.open) socket.destroy();
    this.open.clear();
  }

  async mend(): Promise<void> {
    const { hostname, port } = new URL(this.to);
    const server = createServer(near => {
      const far = dial(Number(port), hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ]) {
        this.open.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.open.delete(socket);
          other.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    this.server = server;
    await new Promise<void>(resolve => server.listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }
}
