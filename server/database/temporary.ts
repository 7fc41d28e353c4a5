import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongod, type MongodChoice } from './find-mongod.ts';
import { mongodFolder, readRunning } from './mongod-process.ts';
import { type OwnMongod, runOwnMongod } from './own-mongod.ts';
import { commandLineOf, isAlive, isStillThere, markOf, signalAndWait } from './process.ts';

const prefix = 'harvest-database-';

/** `stop` takes the folder away too. */
export type TemporaryDatabase = Omit<OwnMongod, 'stopAtOnce'>;

/**
 * A private database in a temporary folder, for tests, drills and benches. Like the program's own it is brought back when it dies.
 * What an earlier run left behind because it was killed is cleaned up first.
 */
export async function temporaryDatabase(options: MongodChoice): Promise<TemporaryDatabase> {
  await sweep();
  const binary = await findMongod(options);
  const folder = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(markOf(process.pid)));
  const own = await runOwnMongod({ binary: binary.path, folder, log: options.log });
  const endWithProgram = () => {
    if (isAlive(own.pid)) process.kill(own.pid, 'SIGKILL');
  };
  process.once('exit', endWithProgram);
  return {
    uri: own.uri,
    get pid() {
      return own.pid;
    },
    kill: own.kill,
    async stop() {
      await own.stopAtOnce();
      process.off('exit', endWithProgram);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    if (ownerLives(folder)) continue;
    const { files, running } = mongodFolder(folder);
    const pid = readRunning(mongodFolder(folder))?.pid;
    if (pid && isAlive(pid) && commandLineOf(pid)?.includes(files)) await signalAndWait(pid, 'SIGKILL', 5000);
    rmSync(running, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder without a readable owner is only just being made, by another program. */
function ownerLives(folder: string): boolean {
  try {
    return isStillThere(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')));
  } catch {
    return true;
  }
}
