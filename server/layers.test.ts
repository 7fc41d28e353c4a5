import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What the files of a folder may import: paths of the project by their beginning, packages by name. Everything else is refused. */
interface Layer {
  readonly folder: string;
  readonly project: readonly string[];
  readonly packages: readonly string[] | 'any';
  readonly butNot?: readonly string[];
  /** Paths of which only types may be imported. */
  readonly types?: readonly string[];
  /** What must not be named in the text, as it would reach around the imports. */
  readonly words?: RegExp;
}

const turf = ['@turf/turf', '@turf/boolean-point-in-polygon', '@turf/area', '@turf/convex', '@turf/kinks', '@turf/helpers'];
const clocks = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bperformance\.|\bDateTime\.(now|local|utc)\(\)|\brandomUUID\b/;
const rim = [
  'server/app.ts',
  'server/main.ts',
  'server/settings.ts',
  'server/trial-season.ts',
  'server/database/',
  'server/program/',
  'server/commands/',
  'server/trial-season.ts',
];

const layers: readonly Layer[] = [
  { folder: 'shared/', project: ['shared/'], packages: ['zod', 'luxon'], words: clocks },
  {
    folder: 'server/domain/',
    project: ['shared/', 'server/domain/'],
    packages: ['luxon', 'flatbush', 'kdbush', 'geokdbush', ...turf],
    words: clocks,
  },
  {
    folder: 'server/services/',
    project: ['shared/', 'server/domain/', 'server/stores/', 'server/services/'],
    packages: 'any',
    butNot: ['mongoose', 'mongodb', 'socket.io', 'express'],
  },
  {
    folder: 'server/stores/',
    project: ['shared/', 'server/stores/'],
    // What a checkpoint keeps is the domain's own plain data: its shape written again here would be a second place for one fact.
    types: ['server/domain/'],
    packages: 'any',
    butNot: ['socket.io', 'express'],
  },
  {
    folder: 'server/transport/',
    project: ['shared/', 'server/services/', 'server/transport/'],
    packages: 'any',
    butNot: ['mongoose', 'mongodb'],
  },
  { folder: 'client/', project: ['shared/', 'client/'], packages: 'any', butNot: ['mongoose', 'mongodb', 'socket.io', 'express'] },
  { folder: 'seed/drill/', project: ['shared/', 'seed/', ...rim], packages: 'any' },
  // A bench takes the program apart to measure it.
  { folder: 'seed/bench/', project: ['shared/', 'seed/', 'client/', 'server/'], packages: 'any' },
  {
    folder: 'seed/',
    project: ['shared/', 'seed/', 'server/app.ts'],
    packages: 'any',
    butNot: ['mongoose', 'mongodb'],
  },
];

/** Tests and their fixtures may reach across: a store is tested against a real database, a page in a real browser. */
const files = ['shared', 'server', 'client', 'seed']
  .flatMap(folder => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(name => `${folder}/${name}`))
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => /\.(ts|tsx|mjs)$/.test(file) && !/\.(test|fixture)\.tsx?$/.test(file) && !file.includes('node_modules/'));

interface Import {
  specifier: string;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = withoutComments(readFileSync(join(root, file), 'utf8'));
  const typeOnly = new Set([...text.matchAll(/\bimport type [^;]*? from '([^']+)'/g)].map(match => match[1]));
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => ({
    specifier,
    typeOnly: typeOnly.has(specifier),
  }));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function refusal(layer: Layer, file: string, { specifier, typeOnly }: Import): string | null {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    const allowed = [...layer.project, ...(typeOnly ? (layer.types ?? []) : [])];
    return allowed.some(start => target.startsWith(start)) ? null : `${file} imports ${target}`;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const isAllowed = layer.packages === 'any' ? !layer.butNot?.includes(name) : layer.packages.includes(name);
  return isAllowed ? null : `${file} imports ${specifier}`;
}

test.each(layers.map(layer => [layer.folder, layer] as const))('%s imports only what its layer may', (folder, layer) => {
  const own = files.filter(file => layers.find(candidate => file.startsWith(candidate.folder)) === layer);
  const refused = own.flatMap(file => importsOf(file).map(one => refusal(layer, file, one))).filter(reason => reason !== null);
  const named = own.flatMap(file => {
    const word = layer.words?.exec(withoutComments(readFileSync(join(root, file), 'utf8')));
    return word ? [`${file} names ${word[0]}`] : [];
  });
  expect([...refused, ...named], `${folder} must not`).toEqual([]);
});

test('a forbidden import would be seen', () => {
  const domain = layers.find(layer => layer.folder === 'server/domain/')!;
  const from = (specifier: string, typeOnly = false) => ({ specifier, typeOnly });
  expect(refusal(domain, 'server/domain/field.ts', from('../stores/field.ts'))).toBe(
    'server/domain/field.ts imports server/stores/field.ts',
  );
  expect(refusal(domain, 'server/domain/field.ts', from('node:fs'))).toBe('server/domain/field.ts imports node:fs');
  expect(refusal(domain, 'server/domain/field.ts', from('../../shared/units.ts'))).toBe(null);
  const stores = layers.find(layer => layer.folder === 'server/stores/')!;
  expect(refusal(stores, 'server/stores/field.ts', from('../domain/stage.ts', true))).toBe(null);
  expect(refusal(stores, 'server/stores/field.ts', from('../domain/stage.ts'))).toBe(
    'server/stores/field.ts imports server/domain/stage.ts',
  );
});

test('no file has a name that says nothing', () => {
  expect(files.filter(file => /\/(utils?|helpers?|types|constants|index)\.(ts|tsx|mjs)$/.test(file))).toEqual([]);
});

test('the types of libraries are checked too', () => {
  expect(JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).compilerOptions.skipLibCheck).toBe(false);
});
