import { parentPort } from 'node:worker_threads';
import { loadLinearSolver } from '../../server/services/linear-solver.ts';
import { advicePolicy } from './season-policies/advice.ts';
import { playSeason } from './season-race.ts';

const advise = advicePolicy(await loadLinearSolver());
parentPort!.on('message', (seed: string) => parentPort!.postMessage(playSeason(seed, advise)));
