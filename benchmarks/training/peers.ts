import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TensorFlow } from '../../shared/model/engine/engine.ts';
import type { WeightedRows } from '../../shared/model/network/learner.ts';
import { inputs } from './rows.ts';

/** CPU milliseconds of epochs, and the loss of the last. */
export interface Epochs {
  readonly times: readonly number[];
  readonly loss: number;
}

/** CPU milliseconds that this process has used. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Epochs of TensorFlow.js's `fit`, the first left out; it is told neither to yield nor to log, its fastest form. */
export async function tensorFlowFit(
  tf: TensorFlow,
  train: WeightedRows,
  batch: number,
  epochs: number,
): Promise<Epochs> {
  const dense = (units: number, activation: 'relu' | 'linear', inputShape?: number[]) =>
    tf.layers.dense({
      ...{ units, activation, kernelInitializer: tf.initializers.heUniform({ seed: 1 }) },
      ...(inputShape ? { inputShape } : {}),
    });
  const model = tf.sequential({
    layers: [dense(64, 'relu', [inputs]), dense(32, 'relu'), dense(1, 'linear')],
  });
  const optimizer = tf.train.adam(0.003);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const x = tf.tensor2d(train.x, [train.rows, inputs]);
  const y = tf.tensor2d(train.targets, [train.rows, 1]);
  const times: number[] = [];
  let last = cpuTime();
  const onEpochEnd = async () => {
    const now = cpuTime();
    times.push(now - last);
    last = now;
  };
  const history = await model.fit(x, y, {
    ...{ batchSize: batch, epochs: epochs + 1, verbose: 0, yieldEvery: 'never' as const },
    callbacks: { onEpochEnd },
  });
  model.dispose();
  optimizer.dispose();
  x.dispose();
  y.dispose();
  return { times: times.slice(1), loss: Number(history.history.loss!.at(-1)) };
}

/** What peers.py prints. */
export interface PythonPeers {
  readonly keras: string;
  readonly tensorflow: string;
  /** CPU seconds that importing Keras and TensorFlow takes. */
  readonly importing: number;
  readonly results: Readonly<
    Record<string, { readonly fit: number[]; readonly function: number[]; readonly loss: number }>
  >;
}

/** What pytorch.py prints: nothing where PyTorch is not installed. */
export type PytorchPeer = {
  readonly version: string;
  readonly epochs: Readonly<Record<string, number[]>>;
} | null;

/** Keras, TensorFlow and PyTorch on the same rows, on one thread, in processes of their own. */
export function pythonPeers(
  python: string,
  train: WeightedRows,
  batches: readonly number[],
  repeats: number,
): { readonly tensorFlow: PythonPeers; readonly pytorch: PytorchPeer } {
  const folder = mkdtempSync(path.join(tmpdir(), 'ciclo-bench-'));
  try {
    writeFileSync(path.join(folder, 'x.bin'), train.x);
    writeFileSync(path.join(folder, 'y.bin'), train.targets);
    const args = [String(train.rows), batches.join(','), String(repeats), folder];
    const threads = { OMP_NUM_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' };
    const run = (script: string) => {
      const command = [path.join(import.meta.dirname, script), ...args];
      const output = execFileSync(python, command, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, ...threads },
      });
      return JSON.parse(output.trim().split('\n').at(-1)!);
    };
    return { tensorFlow: run('peers.py'), pytorch: run('pytorch.py') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
