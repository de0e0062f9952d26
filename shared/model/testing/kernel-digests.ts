import { sha256 } from '../../platform/digest.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { createKernelEngine } from '../kernel/kernel-engine.ts';
import { trainCandidate } from '../training/fitting/train-candidate.ts';
import { layersCandidate } from './model-builders.ts';

const inputs = 9;

/** Networks that between them use every function of the kernel. */
const candidates = [
  { layers: [16, 8], 'batch-size': 100 },
  { layers: [9], activation: 'gelu', 'batch-norm': true, dropout: 0.3, l2: 1e-3 },
  { layers: [7, 5], activation: 'tanh' },
  { layers: [6], activation: 'softplus', 'class-weights': 'balanced' },
  { layers: [6], activation: 'selu', dropout: 0.1 },
] as const;

/** The digest of each network's weights after a short training: the same in every process, thread and compiler. */
export async function kernelDigests(): Promise<string[]> {
  const random = createRandom(1);
  const rowsOf = (rows: number) => ({
    rows,
    x: Float32Array.from({ length: rows * inputs }, () => random.next() * 4 - 2),
    targets: Float32Array.from({ length: rows }, () => random.integer(3)),
  });
  const [train, validation] = [rowsOf(300), rowsOf(90)];
  const data = {
    ...{ inputs, train, validation, scale: undefined, warnings: [] },
    output: { units: 3, activation: 'softmax' as const },
    classes: ['a', 'b', 'c'],
    counts: [0, 1, 2].map((code) => train.targets.filter((target) => target === code).length),
  };
  const engine = createKernelEngine();
  const digests: string[] = [];
  for (const options of candidates) {
    const candidate = layersCandidate({ type: 'neural-network', epochs: 4, ...options });
    const ports = { engine, random: createRandom(2), logger: silentLogger };
    const { saved } = await trainCandidate({ name: 'network', options: candidate }, data, ports);
    digests.push(sha256(saved.weights));
  }
  return digests;
}
