import type { TestProject } from 'vitest/node';
import { readSettings } from '../settings.ts';
import { temporaryDatabase } from './temporary.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    mongodUri: string;
    /** The server ends with the run: what its databases hold needs no tidying up. */
    mayReuse: boolean;
  }
}

const quiet = { info: () => undefined, warn: (line: string) => console.warn(line) };

/** One database server for the whole run, brought up the way the program does it; every test file has a database of its own on it. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { mongodbUri, mongod, dataDir } = readSettings(process.env);
  if (mongodbUri !== null) {
    project.provide('mongodUri', mongodbUri);
    project.provide('mayReuse', false);
    return undefined;
  }
  const database = await temporaryDatabase({ mongodPath: mongod, dataDir, log: quiet });
  project.provide('mongodUri', database.uri);
  project.provide('mayReuse', true);
  return database.stop;
}
