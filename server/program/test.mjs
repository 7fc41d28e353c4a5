import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, projectRoot, Unready } from './install.mjs';

const usage = `npm test                    type check, style check, build and all tests
npm test -- server/domain   the same with the tests of some files only
npm test -- --help          this text

MONGOD, MONGODB_URI and CHROMIUM choose the database server and the browser; with CI set a missing browser is a failure.
`;

/** What the shell happens to hold for the program must not change what its tests find. */
const programOnly = ['PORT', 'HOST', 'PUBLIC_URL', 'TRUST_PROXY', 'TLS_CERT', 'TLS_KEY', 'DEMO', 'DEMO_SPEED', 'MAP_TILES'].concat([
  'LOG_LEVEL',
  'METRICS_TOKEN',
  'JT808_PORT',
]);

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(usage);
  process.exit(0);
}
const unknown = args.filter(arg => arg.startsWith('-'));
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(' ')}\n\n${usage}`);
  process.exit(2);
}

try {
  await install();
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: join(projectRoot, 'tsconfig.json') });
  const failedChecks = await runChecks();
  const tests = await runTests();
  await tellBrowser();
  const failed = tests.failed + failedChecks.length;
  if (failedChecks.length > 0) console.log(`Failed checks: ${failedChecks.join(', ')}`);
  console.log(`${tests.passed} passed, ${failed} failed, ${tests.skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Unready ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
}

/** Everything runs even after a failure: one look shows all there is to mend. */
async function runChecks() {
  const checks = [
    { name: 'type check', run: () => runTool('typescript/bin/tsc', ['-p', '.']) },
    { name: 'style check', run: () => runTool('@biomejs/biome/bin/biome', ['check', '.']) },
    { name: 'build of the pages', run: buildClient },
  ];
  /** @type {string[]} */
  const failed = [];
  for (const { name, run } of checks) {
    console.log(`\n${name}`);
    if (!(await run())) failed.push(name);
  }
  return failed;
}

async function buildClient() {
  try {
    await (await import('./build.mjs')).buildClient();
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}

/** @returns {Promise<{ passed: number, failed: number, skipped: number }>} */
async function runTests() {
  console.log('\ntests');
  const folder = mkdtempSync(join(tmpdir(), 'harvest-report-'));
  const report = join(folder, 'report.json');
  try {
    const good = await runTool('vitest/vitest.mjs', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ]);
    const counts = countTests(report);
    // A run that fails without a failed test (an error outside of any) is a failure still.
    return { ...counts, failed: counts.failed === 0 && !good ? 1 : counts.failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult
 * @param {string} report
 */
function countTests(report) {
  /** @type {FileResult[]} */
  let files = [];
  try {
    files = JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch (error) {
    console.error(`vitest left no report: ${error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const results = files.flatMap(file => file.assertionResults.map(({ status }) => status));
  const count = (/** @type {string} */ status) => results.filter(other => other === status).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const brokenFiles = files.filter(file => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'));
  return { passed, failed: failed + brokenFiles.length, skipped: results.length - passed - failed };
}

async function tellBrowser() {
  const { chromiumAdvice, chromiumPath } = await import('./chromium.ts');
  if (chromiumPath() !== null) return;
  console.log(`\nThe tests in a browser were ${process.env.CI ? 'failed' : 'skipped'} as there is none: ${chromiumAdvice}`);
}

/**
 * @param {string} tool below node_modules
 * @param {string[]} toolArgs
 * @returns {Promise<boolean>} whether it ended well
 */
function runTool(tool, toolArgs) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !programOnly.includes(name)));
  const child = spawn(process.execPath, [join(projectRoot, 'node_modules', tool), ...toolArgs], {
    cwd: projectRoot,
    stdio: 'inherit',
    env,
  });
  return new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('close', code => settle(code === 0));
  });
}
