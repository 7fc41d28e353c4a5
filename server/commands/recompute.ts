import type { MethodPreview } from '../services/method-preview.ts';
import { SeasonBook } from '../services/season-book.ts';
import { SeasonClock } from '../services/season-clock.ts';
import { printJson, runCommand } from './command.ts';
import { onDatabase } from './database-at-hand.ts';

const usage = `npm run recompute          what this program's method would change in the figures that are stored

Folds the fix log of DATA_DIR or MONGODB_URI beside what is stored, whether a program runs on it or not; changes nothing. To be run with a
newer program before it is started, as its start folds everything anew. Exit code 0: no figure changes; 3: some do; 1: it could not be told.

  --json       the last line is { methods, compared, differing, moving, totals, units, largest }
`;

const SOMETHING_DIFFERS = 3;

await runCommand({
  usage,
  options: { json: { type: 'boolean' } },
  async run({ json }) {
    const found = await onDatabase(connection =>
      new SeasonBook(connection, SeasonClock.real(Date.now)).preview(step => void process.stderr.write(`${step}\n`)),
    );
    if (found === null) {
      process.stdout.write('nothing of this season is folded yet: a start changes no figure\n');
      if (json) printJson({ methods: null, compared: 0, differing: 0, moving: 0, totals: [], units: [], largest: [] });
      return 0;
    }
    if (json) printJson(found);
    else process.stdout.write(textOf(found));
    return found.differing > 0 ? SOMETHING_DIFFERS : 0;
  },
});

function textOf({ methods, compared, differing, moving, totals, units, largest }: MethodPreview): string {
  const change = ({ operation, beforeMu, afterMu }: MethodPreview['totals'][number]) =>
    `${operation} ${beforeMu.toFixed(1)} → ${afterMu.toFixed(1)} mu (${afterMu >= beforeMu ? '+' : ''}${(afterMu - beforeMu).toFixed(2)})`;
  const lines = [
    `stored by  ${methods.before}, this program's method is ${methods.after}`,
    `compared   ${compared} fields and operations, ${differing} differ, ${moving} left out as fixes for them are not folded yet`,
    ...totals.map(total => `all        ${change(total)}`),
    ...units.map(unit => `unit       ${unit.code} ${unit.name}: ${change(unit)}`),
    ...largest.map(one => `field      ${one.field}: ${change(one)}`),
  ];
  return `${lines.join('\n')}\n`;
}
