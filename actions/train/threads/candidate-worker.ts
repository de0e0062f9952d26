/** What a training thread of the command line starts with; a bundle starts itself again. */
import { parentPort } from 'node:worker_threads';
import { serveTraining } from './serve-training.ts';

serveTraining(parentPort!);
