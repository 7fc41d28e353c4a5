import { parentPort } from 'node:worker_threads';
import { type GroundJob, readGround } from './ground-work.ts';
import { BadFile } from './import-limits.ts';

parentPort!.on('message', (job: GroundJob) => {
  try {
    const read = readGround(job);
    parentPort!.postMessage({ read }, [read.geojson.buffer as ArrayBuffer]);
  } catch (error) {
    // Whatever a broken file makes a reader stumble over is the file's.
    const why = error instanceof BadFile ? error.message : 'file: it is damaged or made up and cannot be read; export it anew';
    parentPort!.postMessage({ refused: why });
  }
});
