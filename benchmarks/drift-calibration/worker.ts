import { parentPort } from 'node:worker_threads';
import { type Batch, simulate } from './cell.ts';

parentPort?.on('message', (batch: Batch) => parentPort?.postMessage(simulate(batch)));
