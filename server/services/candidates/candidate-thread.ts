import { parentPort } from 'node:worker_threads';
import type { Implement } from '../../../shared/registry.ts';
import { type OpenFound, type OpenSearch, searchOpenGround } from '../../domain/candidates/open-search.ts';
import type { StoredBatch } from '../../stores/fix-log.ts';
import { acceptedOf } from '../outbox.ts';

export interface CandidateJob extends OpenSearch {
  tracks: { machine: string; implements: readonly Implement[]; batches: StoredBatch[] }[];
}
export type CandidateAnswer = { found: OpenFound } | { error: string };

function work({ tracks, ...search }: CandidateJob): CandidateAnswer {
  try {
    const read = tracks.map(({ machine, implements: history, batches }) => ({
      machine,
      implements: history,
      fixes: batches.flatMap(acceptedOf),
    }));
    return { found: searchOpenGround(read, search) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort!.on('message', (job: CandidateJob) => parentPort!.postMessage(work(job)));
