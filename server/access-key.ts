import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actor } from '../shared/permissions.ts';
import type { Credentials } from './services/credentials.ts';

const keyFile = (dataDir: string): string => join(dataDir, 'access-key');

/** A token of an administrator in the data folder: who can read that folder has the right to ask the running program. */
export async function keepAccessKey(credentials: Credentials, dataDir: string): Promise<void> {
  const path = keyFile(dataDir);
  if (existsSync(path) && (await credentials.actorOf(readFileSync(path, 'utf8').trim()))) return;
  const token = await credentials.newToken(actor({ role: 'administrator', name: 'DATA_DIR' }));
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
}

export const readAccessKey = (dataDir: string): string | null =>
  existsSync(keyFile(dataDir)) ? readFileSync(keyFile(dataDir), 'utf8').trim() : null;
