import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot, readSettings, SettingsError, settingsHelp } from './settings.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test('an empty environment gives the defaults', () => {
  expect(readSettings({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: null,
    trustProxy: null,
    tlsCert: null,
    tlsKey: null,
    dataDir: resolve(projectRoot, '.data'),
    mongodbUri: null,
    mongod: null,
    demo: 'auto',
    demoSpeed: 30,
    mapTiles: null,
    logLevel: 'info',
    metricsToken: null,
    chromium: null,
    jt808Port: null,
  });
});

test('an empty variable counts as unset', () => {
  expect(readSettings({ PORT: '', DEMO: ' ' })).toEqual(readSettings({}));
});

test('every value is read in its own form', () => {
  const certificate = resolve(projectRoot, 'package.json');
  expect(
    readSettings({
      PORT: '0',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://sanxia.example.cn/',
      TRUST_PROXY: '1',
      TLS_CERT: 'package.json',
      TLS_KEY: 'package.json',
      DATA_DIR: 'other/data',
      MONGODB_URI: 'mongodb://db.example.cn/harvest?replicaSet=rs0',
      MONGOD: process.execPath,
      DEMO: 'off',
      DEMO_SPEED: '2.5',
      MAP_TILES: 'https://tiles.example.cn/{z}/{x}/{y}.png?a=b|gcj02|© 示例',
      LOG_LEVEL: 'debug',
      METRICS_TOKEN: 'secret',
      CHROMIUM: process.execPath,
      JT808_PORT: '8080',
    }),
  ).toEqual({
    port: 0,
    host: '0.0.0.0',
    publicUrl: 'https://sanxia.example.cn',
    trustProxy: 1,
    tlsCert: certificate,
    tlsKey: certificate,
    dataDir: resolve(projectRoot, 'other/data'),
    mongodbUri: 'mongodb://db.example.cn/harvest?replicaSet=rs0',
    mongod: process.execPath,
    demo: 'off',
    demoSpeed: 2.5,
    mapTiles: { template: 'https://tiles.example.cn/{z}/{x}/{y}.png?a=b', datum: 'gcj02', attribution: '© 示例' },
    logLevel: 'debug',
    metricsToken: 'secret',
    chromium: process.execPath,
    jt808Port: 8080,
  });
});

test('all wrong values are refused in one message, each with name, value and meaning', () => {
  expect(
    problemsOf({ PORT: '70000', DEMO: 'yes', DEMO_SPEED: '121', JT808_PORT: 'on', MAP_TILES: 'https://tiles.example.cn|wgs84|x' }),
  ).toEqual([
    'PORT=70000 must be a whole number from 0 to 65535 (PORT: TCP port where it listens; 0 takes any free one)',
    'DEMO=yes must be auto or off (DEMO: auto: demonstration on an empty or demonstration database; off: none)',
    'DEMO_SPEED=121 must be a number from 1 to 120 (DEMO_SPEED: season seconds per second in the demonstration, 1 to 120)',
    'MAP_TILES=https://tiles.example.cn|wgs84|x must be URL|wgs84|attribution or URL|gcj02|attribution, the URL with {z}, {x} and {y} (MAP_TILES: background map: URL template|wgs84 or gcj02|attribution)',
    'JT808_PORT=on must be off or a whole number from 1 to 65535 (JT808_PORT: TCP port for JT/T 808 terminals, or off)',
  ]);
});

test('a certificate without its key is refused', () => {
  expect(problemsOf({ TLS_CERT: 'package.json' })).toEqual([
    'TLS_KEY= must be set when TLS_CERT is (TLS_KEY: private key file (PEM) for own TLS, together with TLS_CERT)',
  ]);
});

test('a file that is not there is refused', () => {
  expect(problemsOf({ MONGOD: 'no/such/mongod' })).toEqual([
    'MONGOD=no/such/mongod must be the path of a program that can be run (MONGOD: path of the mongod to run, version 6.0 or later)',
  ]);
});

test('the password in a wrong database address is not repeated', () => {
  expect(problemsOf({ MONGODB_URI: 'postgres://user:pass/word@db.example.cn/harvest' })[0]).toContain(
    'MONGODB_URI=postgres://***@db.example.cn/harvest must begin with',
  );
});

test('the help names every setting with its default', () => {
  expect(settingsHelp()).toMatch(/PORT {10}3000 .*\n(.*\n)* {2}JT808_PORT {4}off /);
});
