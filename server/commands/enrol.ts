import { machineIdSchema } from '../../shared/registry.ts';
import { DEFAULT_WIDTH_M } from '../services/enrolment.ts';
import { SeasonBook } from '../services/season-book.ts';
import { SeasonClock } from '../services/season-clock.ts';
import { readSettings } from '../settings.ts';
import { printJson, runCommand, WrongUse } from './command.ts';
import { onDatabase } from './database-at-hand.ts';
import { askProgram } from './running-program.ts';

const usage = `npm run enrol -- --machine ID   a token with which that machine reports
npm run enrol -- --viewer       a token for reading

A machine that is not known yet is created as a combine with a working width of ${DEFAULT_WIDTH_M} m.
Works on DATA_DIR or MONGODB_URI, whether the program runs or not.

  --url URL    asks the running program instead, with the key in DATA_DIR
  --json       the last line is { machine, token }, or { token } for reading
`;

type Wish = { machine: string } | { viewer: true };

function wishOf(machine: string | undefined, viewer: boolean | undefined): Wish {
  if ((machine === undefined) === !viewer) throw new WrongUse('Say either --machine ID or --viewer');
  if (machine === undefined) return { viewer: true };
  const id = machineIdSchema.safeParse(machine);
  if (!id.success) throw new WrongUse(`--machine ${machine}: must be ${id.error.issues[0].message}`);
  return { machine: id.data };
}

function enrol(wish: Wish): Promise<{ machine?: string | undefined; token: string }> {
  return onDatabase(async connection => {
    const book = new SeasonBook(connection, SeasonClock.real(Date.now));
    await book.prepare();
    await book.registry.loadLists();
    if ('viewer' in wish) return { token: await book.enrolment.viewer() };
    return { machine: wish.machine, token: await book.enrolment.device(wish.machine) };
  });
}

await runCommand({
  usage,
  options: { machine: { type: 'string' }, viewer: { type: 'boolean' }, url: { type: 'string' }, json: { type: 'boolean' } },
  async run({ machine, viewer, url, json }) {
    const wish = wishOf(machine, viewer);
    const enrolled =
      url === undefined ? await enrol(wish) : await askProgram({ url, dataDir: readSettings(process.env).dataDir }, 'issueToken', wish);
    if (json) printJson(enrolled);
    else process.stdout.write(`${enrolled.machine ? `machine ${enrolled.machine}` : 'for reading'}\ntoken   ${enrolled.token}\n`);
    return 0;
  },
});
