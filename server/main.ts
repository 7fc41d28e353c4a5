import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { keepAccessKey } from './access-key.ts';
import { type App, createApp } from './app.ts';
import { provideDatabase } from './database/provide.ts';
import { messageOf, StartProblem } from './database/start-problem.ts';
import { demonstrationOrReal, upgradeOlder } from './database-mark.ts';
import { DemoFleet } from './demo/fleet.ts';
import { demoClock, END_OF_SEASON, loadDemoSeason, madeFrom } from './demo/season.ts';
import { SeasonClock } from './services/season-clock.ts';
import { projectRoot, readSettings, type Settings, SettingsError } from './settings.ts';
import { Shell } from './shell.ts';
import { connectStores, type MadeFrom } from './stores/connection.ts';

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
const say = (line: string): void => console.error(line);

type Ending = 'stop' | 'newSeason' | 'reopen';

/** The program from start to end. Resolves with its exit code. */
export async function main({ serve, env }: { serve: boolean; argv?: readonly string[]; env: NodeJS.ProcessEnv }): Promise<number> {
  try {
    const settings = readSettings(env);
    while ((await run(settings, serve || settings.demo === 'off', env)) !== 'stop') say('Beginning a new season');
    return 0;
  } catch (error) {
    if (error instanceof SettingsError || error instanceof StartProblem) say(error.message);
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

/** One life of the program on its database: up, until a signal or a wish for a new season, and down in the opposite order. */
async function run(settings: Settings, real: boolean, env: NodeJS.ProcessEnv): Promise<Ending> {
  const log = pino({ level: settings.logLevel }, pino.destination(2));
  const down: (() => Promise<unknown> | unknown)[] = [];
  let end: (how: Ending) => void = () => undefined;
  const ended = new Promise<Ending>(resolve => {
    end = resolve;
  });
  const abort = new AbortController();
  const stop = () => {
    abort.abort();
    end('stop');
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  down.push(() => process.off('SIGTERM', stop).off('SIGINT', stop));
  let demo = false;
  const tls = settings.tlsCert && settings.tlsKey ? { cert: settings.tlsCert, key: settings.tlsKey } : null;
  const shell = new Shell({ host: settings.host, port: settings.port, tls, demo: () => demo, version });
  const step = (what: string): void => {
    shell.step = what;
    say(`… ${what}`);
  };
  try {
    const url = await shell.listen();
    down.push(() => shell.close());
    step('starting the database');
    const database = await provideDatabase({
      ...settings,
      mongodPath: settings.mongod,
      log: { info: say, warn: say },
      signal: abort.signal,
    });
    down.push(() => database.stop());
    const connection = await connectStores(database.uri);
    down.push(() => connection.close());
    await upgradeOlder(connection, say);
    demo = await demonstrationOrReal(connection, real);
    if (demo) await loadDemoSeason(connection, step);
    const clock = demo ? await demoClock(connection, settings.demoSpeed) : SeasonClock.real(Date.now);
    const app = await createApp({
      http: shell.server,
      connection,
      clock,
      log,
      demo,
      step,
      tiles: settings.mapTiles,
      pages: builtPages(),
      metricsToken: settings.metricsToken,
      publicUrl: settings.publicUrl,
      trustProxy: settings.trustProxy,
      oneClick: isLoopback(settings.host),
      onLoopback: isLoopback(settings.host),
      secure: tls !== null || settings.publicUrl?.startsWith('https:') === true,
      watchedFolder: settings.mongodbUri === null ? settings.dataDir : null,
      newDemoSeason: demo ? () => end('newSeason') : null,
      reopen: () => end('reopen'),
      ackBeforeWrite: env.DRILL_BREAK === 'ack-before-write',
    });
    down.push(() => app.close());
    if (settings.jt808Port !== null) say(`JT/T 808 terminals: port ${await app.jt808.listen(settings.jt808Port, settings.host)}`);
    await keepAccessKey(app.book.credentials, settings.dataDir);
    if (demo) down.push(await startFleet(app, settings, url, await madeFrom(connection)));
    if (!demo) await sayFirstAdministrator(app, settings.publicUrl ?? url);
    shell.app = app.express;
    shell.step = null;
    process.stdout.write(`ready ${url}\n`);
    app.advice.begin().catch((error: unknown) => {
      if (!abort.signal.aborted) log.error({ error: messageOf(error) }, 'the threads of advice did not begin');
    });
    const how = await ended;
    say({ stop: '… stopping', newSeason: '… clearing the season that has ended', reopen: '… going over to the new season' }[how]);
    if (how === 'newSeason') down.splice(down.length - (demo ? 2 : 1), 0, () => connection.dropDatabase());
    return how;
  } catch (error) {
    if (abort.signal.aborted) return 'stop';
    throw error;
  } finally {
    await inReverse(down);
  }
}

/** The only way into a database without an administrator: a link that works once, told to whoever starts the program. */
async function sayFirstAdministrator(app: App, base: string): Promise<void> {
  const first = await app.book.people.invitations.forFirstAdministrator();
  if (first) say(`First administrator: ${base}${first.path}`);
}

async function startFleet(app: App, settings: Settings, url: string, from: MadeFrom): Promise<() => Promise<void>> {
  const fleet = await DemoFleet.start({ book: app.book, madeFrom: from, dataDir: settings.dataDir, url, say });
  const timer = setInterval(() => {
    if (app.book.clock.season() >= END_OF_SEASON(app.book.registry.season!.year)) app.book.clock.change({ paused: true });
  }, 1000);
  return async () => {
    clearInterval(timer);
    await fleet.stop();
  };
}

/** Every step is tried, so that one that fails does not leave the rest running. */
async function inReverse(down: readonly (() => unknown)[]): Promise<void> {
  for (const undo of [...down].reverse()) {
    try {
      await undo();
    } catch (error) {
      say(`while stopping: ${messageOf(error)}`);
    }
  }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function builtPages(): string | null {
  const pages = join(projectRoot, 'dist/client');
  return existsSync(join(pages, 'index.html')) ? pages : null;
}
