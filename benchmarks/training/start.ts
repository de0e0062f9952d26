import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childTime } from '../child-time.ts';
import { inputs, layers } from './rows.ts';

/** From the start of a process to a saved model, in seconds. */
export interface Start {
  readonly cpu: number;
  readonly wall: number;
}

/** `ciclo train` as its own process on rows prepared before: reading, 20 epochs, choice, importance, writing. */
export function trainFromStart(rows: number, repeats: number): Start[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'ciclo-bench-'));
  try {
    writeProject(folder, rows);
    const command = path.resolve(import.meta.dirname, '../../cli/ciclo.js');
    const run = (...args: string[]) =>
      execFileSync(process.execPath, [command, ...args, '--quiet'], { cwd: folder, stdio: 'ignore' });
    run('lock');
    run('prepare');
    return Array.from({ length: repeats }, () => {
      const before = childTime();
      const started = performance.now();
      run('train');
      return { cpu: childTime() - before, wall: (performance.now() - started) / 1000 };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeProject(folder: string, rows: number): void {
  const names = Array.from({ length: inputs }, (_, j) => `x${j}`);
  const lines = [[...names, 'y'].join(',')];
  for (let i = 0; i < rows; i++) {
    const x = names.map((_, j) => Math.sin(i * (j + 1) * 0.7) + Math.cos(i * i * 0.01 + j));
    lines.push([...x, x.reduce((sum, value, j) => sum + Math.sin(value * (1 + j / 10)) / 4, 0)].join(','));
  }
  mkdirSync(path.join(folder, 'data'));
  writeFileSync(path.join(folder, 'data/rows.csv'), `${lines.join('\n')}\n`);
  const candidate = `{ type: neural-network, layers: [${layers}], epochs: 20, patience: 20 }`;
  writeFileSync(
    path.join(folder, 'ciclo.yml'),
    `task: regression\ntarget: y\ndata: { source: { type: file, path: data/rows.csv } }\n` +
      `split: { test: 10%, validation: 10% }\ntrain:\n  candidates:\n    - ${candidate}\n`,
  );
}
