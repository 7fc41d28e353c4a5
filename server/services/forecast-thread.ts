import { parentPort } from 'node:worker_threads';
import type { Series } from '../../shared/forecast.ts';
import { forecast } from '../domain/forecast/forecast.ts';

parentPort!.on('message', (series: Series) => parentPort!.postMessage(forecast(series)));
