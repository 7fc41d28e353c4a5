import { parseArgs } from 'node:util';
import { runIngestBench } from './ingest-run.ts';
import { sizes } from './ingest-size.ts';

const HELP = `npm run bench:ingest -- [--quick] [--json]

How fast fixes become durable, folded and covered by a checkpoint, beside a plain Socket.IO echo of the same bytes; how long an
acknowledgement takes; what a fix costs on the wire and an idle socket in memory. Brings up its own database and servers in a
temporary folder on free ports.

  --quick   a tenth of the machines and fields, and shorter
  --json    the result as one line of JSON at the end of stdout

Exit: 0 good, 1 failed or the digest is not that of the same fixes folded alone, 2 wrong use.`;

function readOptions() {
  try {
    const flag = { type: 'boolean', default: false } as const;
    return parseArgs({ options: { quick: flag, json: flag, help: flag } }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}\n`);
    process.exit(2);
  }
}

const { quick, json, help } = readOptions();
if (help) process.stdout.write(`${HELP}\n`);
else {
  // The database and the children end with this process, whichever way it goes.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const result = await runIngestBench(quick ? sizes.quick : sizes.full, line => process.stderr.write(`${line}\n`));
  if (!json) for (const [name, value] of Object.entries(result)) process.stdout.write(`${name}: ${JSON.stringify(value)}\n`);
  else process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = result.digestIsRight ? 0 : 1;
}
