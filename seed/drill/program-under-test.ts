import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongodFolder, readRunning } from '../../server/database/mongod-process.ts';
import { commandLineOf, isAlive, signalAndWait } from '../../server/database/process.ts';
import { databaseFolder, provideDatabase } from '../../server/database/provide.ts';
import { loadTrialSeason, type SeasonPlan } from '../../server/trial-season.ts';

/** Settings of the shell that must not reach the program under test: an empty one counts as unset. */
const UNSET = ['MONGODB_URI', 'PUBLIC_URL', 'TRUST_PROXY', 'TLS_CERT', 'TLS_KEY', 'METRICS_TOKEN', 'JT808_PORT', 'MAP_TILES', 'DEMO'];
const quiet = { info: () => undefined, warn: () => undefined };
const KEPT_OUTPUT = 4000;

/** Heap and buffers of the program, and all it holds of the computer's memory. */
export interface Memory {
  heapMb: number;
  residentMb: number;
}

export interface ProgramOptions {
  mongod: string;
  season: SeasonPlan;
  /** A fault switched on in the program. */
  fault?: 'ack-before-write' | undefined;
  /** Also listens for positioning terminals. */
  hasTerminals?: boolean;
}

/** The real program in a temporary folder, with a season in its database: started, killed and started again on the same port. */
export class ProgramUnderTest {
  /** How long each start took that came through, ms. */
  readonly startsMs: number[] = [];
  startsGivenUp = 0;
  /** Where it listens for terminals; 0: nowhere. */
  terminalPort = 0;
  /** Errors in its log, over all its lives. */
  readonly complaints: string[] = [];
  private child: ChildProcess | null = null;
  /** Loaded, and waiting to be told to start. */
  private spare: ChildProcess | null = null;
  private output = '';
  private ready = Promise.resolve(false);
  /** Since the last launch. */
  private databaseKilled = false;

  private constructor(
    readonly dataDir: string,
    readonly url: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    process.once('exit', this.killAll);
  }

  static async create({ mongod, season, fault, hasTerminals }: ProgramOptions): Promise<ProgramUnderTest> {
    const dataDir = mkdtempSync(join(tmpdir(), 'harvest-drill-'));
    const port = await freePort();
    const terminalPort = hasTerminals ? await freePort() : 0;
    const unset = Object.fromEntries(UNSET.map(name => [name, '']));
    const own = { DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', MONGOD: mongod, LOG_LEVEL: 'warn', DRILL_BREAK: fault ?? '' };
    const program = new ProgramUnderTest(dataDir, `http://127.0.0.1:${port}`, {
      ...process.env,
      ...unset,
      ...own,
      ...(hasTerminals && { JT808_PORT: String(terminalPort) }),
    });
    program.terminalPort = terminalPort;
    const database = await provideDatabase({ dataDir, mongodPath: mongod, log: quiet });
    try {
      await loadTrialSeason(database.uri, season);
    } finally {
      await database.stop();
    }
    return program;
  }

  /** Launches it; `untilReady` tells when it is up. */
  launch(): void {
    const began = performance.now();
    const child = this.spare ?? this.spawn();
    this.child = child;
    child.send('start');
    this.spare = this.spawn();
    this.output = '';
    this.databaseKilled = false;
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk).slice(-KEPT_OUTPUT);
    };
    child.stderr!.on('data', (chunk: Buffer) => {
      keep(chunk);
      this.complaints.push(
        ...chunk
          .toString()
          .split('\n')
          .filter(line => line.includes('"level":50')),
      );
    });
    this.ready = new Promise(settle => {
      child.stdout!.on('data', (chunk: Buffer) => {
        keep(chunk);
        if (!/^ready /m.test(this.output)) return;
        if (this.child === child) this.startsMs.push(performance.now() - began);
        settle(true);
      });
      child.once('exit', () => settle(false));
    });
  }

  /**
   * Waits until it is up. A start whose database is killed under it may be given up: it is launched again, as a service manager would.
   * Throws when it ends for another reason.
   */
  async untilReady(): Promise<void> {
    while (!(await this.ready)) {
      if (!this.databaseKilled) throw new Error('the program did not start');
      this.startsGivenUp++;
      this.launch();
    }
    if (this.isOver) throw new Error('the program ended by itself');
  }

  async start(): Promise<void> {
    this.launch();
    await this.untilReady();
  }

  async killServer(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** False when there is none at this moment. */
  async killMongod(): Promise<boolean> {
    const pid = this.mongodPid();
    if (pid === null) return false;
    this.databaseKilled = true;
    await signalAndWait(pid, 'SIGKILL', 5000);
    return true;
  }

  /** Ends it as a service manager would. Returns its exit code. */
  async stop(): Promise<number | null> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    return code;
  }

  /** Ends what still runs and takes the folder away. */
  async remove(): Promise<void> {
    process.off('exit', this.killAll);
    this.spare?.kill('SIGKILL');
    await this.killServer();
    await this.killMongod();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** What it holds when all that nobody needs is collected. */
  async memory(): Promise<Memory> {
    const { child } = this;
    if (!child) throw new Error('the program does not run');
    const told = once(child, 'message');
    child.send('memory');
    const [memory] = await told;
    return memory as Memory;
  }

  /** It ended without having been killed. */
  get isOver(): boolean {
    return this.child !== null && this.child.exitCode !== null;
  }

  /** What it said last. */
  get lastWords(): string {
    return this.output;
  }

  private spawn(): ChildProcess {
    return spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'program.ts')], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
  }

  private mongodPid(): number | null {
    const running = readRunning(mongodFolder(databaseFolder(this.dataDir)));
    if (!running || !isAlive(running.pid)) return null;
    return commandLineOf(running.pid)?.includes(this.dataDir) ? running.pid : null;
  }

  private readonly killAll = (): void => {
    this.spare?.kill('SIGKILL');
    this.child?.kill('SIGKILL');
    const pid = this.mongodPid();
    if (pid !== null) process.kill(pid, 'SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
