import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Actor, actor } from '../../shared/permissions.ts';
import type { SeasonBook } from '../services/season-book.ts';
import { projectRoot } from '../settings.ts';
import type { MadeFrom } from '../stores/connection.ts';

interface Tokens {
  machines: { id: string; token: string; operatorToken: string }[];
  viewerToken: string;
  clerkToken: string;
  /** Of the mechanics, who see to any breakdown. */
  serviceToken: string;
}

export interface FleetOptions {
  book: SeasonBook;
  madeFrom: MadeFrom;
  dataDir: string;
  url: string;
  say: (line: string) => void;
}

const AGAIN_AFTER_MS = 5000;

/** The demonstration fleet: a process of its own that knows the server only through the public contract and the tokens it is given. */
export class DemoFleet {
  private child: ChildProcess | null = null;
  private stopping = false;

  private constructor(
    private readonly options: FleetOptions,
    private readonly tokens: Tokens,
  ) {}

  static async start(options: FleetOptions): Promise<DemoFleet> {
    const fleet = new DemoFleet(options, await tokensOf(options));
    fleet.launch();
    return fleet;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  }

  private launch(): void {
    const { book, madeFrom, url, say } = this.options;
    const child = fork(join(projectRoot, 'seed/fleet/main.ts'), {
      execArgv: ['--import', import.meta.resolve('tsx')],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {},
    });
    this.child = child;
    child.send({ url, ...madeFrom, year: book.registry.season!.year, ...this.tokens });
    child.once('exit', code => {
      if (this.stopping) return;
      say(`The demonstration fleet ended (${code}); it starts again`);
      setTimeout(() => !this.stopping && this.launch(), AGAIN_AFTER_MS);
    });
  }
}

/** Made once and kept, so that a restart does not leave a trail of unused tokens. */
async function tokensOf({ book, dataDir }: FleetOptions): Promise<Tokens> {
  const path = join(dataDir, 'demo-tokens.json');
  const held = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<Tokens>) : null;
  if (held?.serviceToken && (await book.credentials.actorOf(held.serviceToken))) return held as Tokens;
  const ids = [...book.registry.machines.values()].filter(machine => machine.hasTerminal).map(machine => machine.id);
  const city = book.registry.root()?.code ?? null;
  const actors: Actor[] = [
    actor({ role: 'viewer', name: '演示车队' }),
    actor({ role: 'clerk', name: '演示统计员', division: city }),
    actor({ role: 'dispatcher', name: '演示服务站', division: city }),
    ...ids.map(id => actor({ role: 'device', name: id, machine: id })),
    ...ids.map(id => actor({ role: 'operator', name: book.registry.machines.get(id)!.operatorName, machine: id })),
  ];
  const [viewerToken, clerkToken, serviceToken, ...rest] = await book.credentials.newTokens(actors);
  const machines = ids.map((id, i) => ({ id, token: rest[i], operatorToken: rest[ids.length + i] }));
  const tokens = { machines, viewerToken, clerkToken, serviceToken };
  writeFileSync(path, JSON.stringify(tokens), { mode: 0o600 });
  return tokens;
}
