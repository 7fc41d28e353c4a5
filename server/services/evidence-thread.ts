import { parentPort } from 'node:worker_threads';
import { type EvidenceJob, workOut } from './evidence-work.ts';

parentPort!.on('message', (job: EvidenceJob) => {
  try {
    parentPort!.postMessage({ done: workOut(job) });
  } catch (error) {
    parentPort!.postMessage({ failed: String(error) });
  }
});
