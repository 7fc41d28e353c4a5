import { join } from 'node:path';
import { install, projectRoot, Unready } from './install.mjs';

const usage = `npm start               the demonstration, or what was started here before
npm run serve           without demonstration, for real work
npm start -- --help     this text
`;

const args = process.argv.slice(2);
const known = ['--serve', '--help', '-h'];
const unknown = args.filter(arg => !known.includes(arg));
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(' ')}\n\n${usage}`);
  process.exit(2);
}

/** Until the program itself listens to signals, there is nothing to be put in order. */
const leave = () => process.exit(0);
process.on('SIGTERM', leave).on('SIGINT', leave);

// A signal to npm alone ends npm and the shell that it runs this in: whoever is left without them has been told to end, too.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 1000);
  watch.unref();
}

try {
  await install();
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: join(projectRoot, 'tsconfig.json') });
  if (args.includes('--help') || args.includes('-h')) {
    const { settingsHelp } = await import('../settings.ts');
    process.stdout.write(`${usage}\n${settingsHelp()}`);
  } else {
    const { readSettings } = await import('../settings.ts');
    // Wrong settings are told before a minute is spent on building.
    readSettings(process.env);
    const { buildClient } = await import('./build.mjs');
    await buildClient();
    const { main } = await import('../main.ts');
    process.off('SIGTERM', leave).off('SIGINT', leave);
    process.exit(await main({ serve: args.includes('--serve'), argv: args, env: process.env }));
  }
} catch (error) {
  const isExpected = error instanceof Unready || (error instanceof Error && ['StartProblem', 'SettingsError'].includes(error.name));
  console.error(isExpected ? error.message : error);
  process.exit(1);
}
