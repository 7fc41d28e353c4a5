import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';

/** Relative paths in settings start here, wherever the program was called from. */
export const projectRoot = resolve(import.meta.dirname, '..');

/** A setting as it is read: `fallback` null means that it may be left unset and is then null. */
function setting<Schema extends z.ZodType<unknown, string>, Fallback extends string | null>(
  name: string,
  fallback: Fallback,
  meaning: string,
  schema: Schema,
) {
  return { name, fallback, meaning, schema };
}

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .refine(text => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, `must be a whole number from ${from} to ${to}`)
    .transform(Number);

const path = z.string().transform(text => resolve(projectRoot, text));

const fileFor = (mode: number, what: string) =>
  path.refine(file => {
    try {
      accessSync(file, mode);
      return true;
    } catch {
      return false;
    }
  }, `must be the path of ${what}`);

const readableFile = fileFor(constants.R_OK, 'a file that can be read');
const program = fileFor(constants.X_OK, 'a program that can be run');

const origin = z
  .string()
  .refine(
    text => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && /^\/?$/.test(new URL(text).pathname + new URL(text).search),
    'must be an address such as https://sanxia.example.cn, without a path',
  )
  .transform(text => new URL(text).origin);

const mongodbUri = z.string().refine(text => /^mongodb(\+srv)?:\/\/[^/]/.test(text), 'must begin with mongodb:// or mongodb+srv://');

const demoSpeed = z
  .string()
  .refine(text => /^\d{1,3}(\.\d+)?$/.test(text) && Number(text) >= 1 && Number(text) <= 120, 'must be a number from 1 to 120')
  .transform(Number);

const mapTiles = z
  .string()
  .refine(
    text => /^https?:\/\/[^|]*\{z\}[^|]*\|(wgs84|gcj02)\|[^|]+$/.test(text) && text.includes('{x}') && /\{-?y\}/.test(text),
    'must be URL|wgs84|attribution or URL|gcj02|attribution, the URL with {z}, {x} and {y}',
  )
  .transform(text => {
    const [template, datum, attribution] = text.split('|');
    return { template, datum: datum as 'wgs84' | 'gcj02', attribution };
  });

const portOrOff = z.union([z.literal('off').transform(() => null), wholeNumber(1, 65535)], {
  error: 'must be off or a whole number from 1 to 65535',
});

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const table = {
  port: setting('PORT', '3000', 'TCP port where it listens; 0 takes any free one', wholeNumber(0, 65535)),
  host: setting('HOST', '127.0.0.1', 'address where it listens; 0.0.0.0 for every network of this machine', z.string()),
  publicUrl: setting('PUBLIC_URL', null, 'address in links and QR codes, and the Origin that browsers may come from', origin),
  trustProxy: setting('TRUST_PROXY', null, 'number of proxies in front whose X-Forwarded-For is believed', wholeNumber(0, 20)),
  tlsCert: setting('TLS_CERT', null, 'certificate file (PEM) for own TLS, together with TLS_KEY', readableFile),
  tlsKey: setting('TLS_KEY', null, 'private key file (PEM) for own TLS, together with TLS_CERT', readableFile),
  dataDir: setting('DATA_DIR', '.data', 'folder of database files, cache and lock', path),
  mongodbUri: setting('MONGODB_URI', null, 'a MongoDB replica set to use; unset, the program runs its own mongod', mongodbUri),
  mongod: setting('MONGOD', null, 'path of the mongod to run, version 6.0 or later', program),
  demo: setting(
    'DEMO',
    'auto',
    'auto: demonstration on an empty or demonstration database; off: none',
    z.enum(['auto', 'off'], 'must be auto or off'),
  ),
  demoSpeed: setting('DEMO_SPEED', '30', 'season seconds per second in the demonstration, 1 to 120', demoSpeed),
  mapTiles: setting('MAP_TILES', null, 'background map: URL template|wgs84 or gcj02|attribution', mapTiles),
  logLevel: setting('LOG_LEVEL', 'info', 'how much is logged', z.enum(logLevels, `must be one of ${logLevels.join(', ')}`)),
  metricsToken: setting('METRICS_TOKEN', null, 'bearer token that may read /metrics from another machine', z.string()),
  chromium: setting('CHROMIUM', null, 'path of the Chromium for tests and benches in a browser', program),
  jt808Port: setting('JT808_PORT', 'off', 'TCP port for JT/T 808 terminals, or off', portOrOff),
};

type Table = typeof table;
export type Settings = {
  [Key in keyof Table]: z.output<Table[Key]['schema']> | (Table[Key]['fallback'] extends null ? null : never);
};

/** Every setting that cannot be used, in one message for the person who starts the program. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: readonly string[]) {
    super(
      `${problems.length === 1 ? 'One setting is' : `${problems.length} settings are`} wrong:\n${problems.map(line => `  ${line}`).join('\n')}`,
    );
  }
}

/** A wrong value is shown to the person who set it, but what may be a secret is not repeated into a log. */
function shown(name: string, value: string): string {
  if (name === 'METRICS_TOKEN') return '***';
  return name === 'MONGODB_URI' ? value.replace(/^(.*?\/\/)?.*@/, '$1***@') : value;
}

/**
 * Reads the environment once. An empty variable counts as unset.
 * @throws SettingsError naming every wrong value with its meaning
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, { name, fallback, meaning, schema }] of Object.entries(table)) {
    const text = env[name]?.trim() || fallback;
    if (text === null) {
      values[key] = null;
      continue;
    }
    const parsed = schema.safeParse(text);
    if (parsed.success) values[key] = parsed.data;
    else problems.push(`${name}=${shown(name, text)} ${parsed.error.issues[0].message} (${name}: ${meaning})`);
  }
  const set = (name: string) => Boolean(env[name]?.trim());
  if (set('TLS_CERT') !== set('TLS_KEY')) {
    const [has, lacks] = set('TLS_CERT') ? ['TLS_CERT', 'TLS_KEY'] : ['TLS_KEY', 'TLS_CERT'];
    problems.push(`${lacks}= must be set when ${has} is (${lacks}: ${has === 'TLS_KEY' ? table.tlsCert.meaning : table.tlsKey.meaning})`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return values as Settings;
}

/** The settings as a table for `--help`. */
export function settingsHelp(): string {
  const rows = Object.values(table).map(({ name, fallback, meaning }) => [name, fallback ?? '-', meaning]);
  const lines = [['setting', 'default', 'meaning'], ...rows].map(
    ([name, fallback, meaning]) => `  ${name.padEnd(14)}${fallback.padEnd(11)}${meaning}`,
  );
  return `Settings are read from the environment; relative paths start at the project root.\n\n${lines.join('\n')}\n`;
}
