import { type Digest, digestOf } from '../services/digest.ts';
import { SeasonBook } from '../services/season-book.ts';
import { SeasonClock } from '../services/season-clock.ts';
import { readSettings } from '../settings.ts';
import { printJson, runCommand } from './command.ts';
import { onDatabase } from './database-at-hand.ts';
import { askProgram } from './running-program.ts';

const usage = `npm run digest             what is stored, as hashes: equal for two runs that stored the same fixes

Works on DATA_DIR or MONGODB_URI, whether the program runs or not; changes nothing.

  --url URL    asks the running program instead, with the key in DATA_DIR
  --json       the last line is { fixes, fixSha256, coverageSha256, totals }
`;

/** The last checkpoint, and what the log holds beyond it folded in this process. */
function digest(): Promise<Digest> {
  return onDatabase(async connection => {
    const book = new SeasonBook(connection, SeasonClock.real(Date.now));
    await book.open();
    return digestOf(book.log, book.fold);
  });
}

await runCommand({
  usage,
  options: { url: { type: 'string' }, json: { type: 'boolean' } },
  async run({ url, json }) {
    const found = url === undefined ? await digest() : await askProgram({ url, dataDir: readSettings(process.env).dataDir }, 'digest');
    if (json) printJson(found);
    else {
      const totals = Object.entries(found.totals).map(([name, total]) => `${name} ${total}`);
      process.stdout.write(
        `fixes     ${found.fixes}\nfixes     sha256 ${found.fixSha256}\ncoverage  sha256 ${found.coverageSha256}\n${totals.join(', ')}\n`,
      );
    }
    return 0;
  },
});
