import mongoose from 'mongoose';
import { messageOf, StartProblem } from './start-problem.ts';

/**
 * Proves that the database of MONGODB_URI can be reached and used.
 * @throws StartProblem when it cannot be reached, is older than 6.0, or is not a replica set (transactions need one)
 */
export async function checkGivenDatabase(uri: string): Promise<void> {
  const patience = uri.includes('serverSelectionTimeoutMS=') ? {} : { serverSelectionTimeoutMS: 10_000 };
  const client = new mongoose.mongo.MongoClient(uri, patience);
  try {
    const admin = client.db('admin');
    const hello = await admin.command({ hello: 1 });
    if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
      throw new StartProblem('The database of MONGODB_URI is not a replica set; start it with --replSet and run rs.initiate() once');
    }
    const { version } = await admin.command({ buildInfo: 1 });
    if (Number.parseInt(version, 10) < 6)
      throw new StartProblem(`The database of MONGODB_URI is version ${version}; 6.0 or later is needed`);
    // `hello` is answered to strangers too: only a read shows that the user may come in.
    await client.db().command({ count: 'schema' });
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(`The database of MONGODB_URI (${hostsOf(uri)}) cannot be used: ${messageOf(error)}`);
  } finally {
    await client.close();
  }
}

/** The part of an address that holds no secret. */
function hostsOf(uri: string): string {
  return /^mongodb(?:\+srv)?:\/\/(?:.*@)?([^/?]*)/.exec(uri)?.[1] ?? '';
}
