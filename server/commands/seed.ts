import { DEMO_SCALE } from '../../seed/season/demo-season.ts';
import { StartProblem } from '../database/start-problem.ts';
import { DEMO_SEED, makeDemoSeason } from '../demo/season.ts';
import type { Connection, Mark } from '../stores/connection.ts';
import { writeMark } from '../stores/connection.ts';
import { RegistryStore } from '../stores/registry.ts';
import { numberFrom, runCommand, wholeNumberFrom } from './command.ts';
import { onDatabase } from './database-at-hand.ts';
import { progressBar } from './progress-bar.ts';

const usage = `npm run seed -- [--scale ${DEMO_SCALE}] [--seed ${DEMO_SEED}]

Loads a demonstration season into the empty database of DATA_DIR or MONGODB_URI; npm start then plays it.

  --scale S    size, from 0.005 to 1: the full city of about 290,000 fields
  --seed N     another season of the same size
`;

/**
 * Marks an empty database as a demonstration of this size. One that was marked so and whose loading was cut off is loaded again.
 * @throws StartProblem when there is something in it
 */
async function claim(connection: Connection, mark: Mark | null, wanted: { scale: number; seed: number }): Promise<void> {
  const holdsSeason = (await new RegistryStore(connection).season()) !== null;
  if (mark && (!mark.demo || holdsSeason)) {
    const what = mark.demo ? 'a demonstration season' : 'a real season';
    throw new StartProblem(`The database holds ${what} already: take another DATA_DIR, or clear this one with "npm run reset"`);
  }
  if (mark) await connection.collection('marks').deleteOne({ _id: mark._id as never });
  await writeMark(connection, true, Date.now(), wanted);
}

await runCommand({
  usage,
  options: { scale: { type: 'string' }, seed: { type: 'string' } },
  async run({ scale, seed }) {
    const wanted = {
      scale: numberFrom(scale, DEMO_SCALE, { name: 'scale', from: 0.005, to: 1 }),
      seed: wholeNumberFrom(seed, DEMO_SEED, { name: 'seed', from: 0, to: 2 ** 31 }),
    };
    const began = performance.now();
    const fields = await onDatabase(async (connection, mark) => {
      await claim(connection, mark, wanted);
      const bar = progressBar('fields', process.stderr);
      process.stderr.write('Growing the fields\n');
      await makeDemoSeason(connection, bar.show);
      return bar.end();
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const mb = Math.round(process.resourceUsage().maxRSS / 1024);
    process.stdout.write(`${fields} fields in ${seconds} s, at most ${mb} MB of memory\n`);
    return 0;
  },
});
