import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

// Required, not imported: the types of this package name others that it does not bring (semver), and would fail the type check.
const { MongoBinary } = createRequire(import.meta.url)('mongodb-memory-server-core');

const [folder, version] = process.argv.slice(2);
try {
  const found = await MongoBinary.getPath({ downloadDir: folder, version, checkMD5: true });
  // What it finds may lie in a cache of its own, which is not ours to move things from.
  const copy = join(folder, `mongod${extname(found) === '.exe' ? '.exe' : ''}`);
  await copyFile(found, copy);
  process.stdout.write(copy);
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
