// Whatever a command computes, a signal ends it: with work that would go on for hours, to end at all proves it.
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ciclo, projectOf, removeAll } from './support/ciclo-process.ts';

const rows = 20_000;
const folders: string[] = [];

/** Numbers, three categories of a thousand values, and what is made of them; nothing is random. */
function tableOf(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const [a, b, c] = [(i * 7919) % 1000, (i * 104_729) % 997, (i * 1_299_709) % 991];
    const x = Math.sin(i * 12.9898) * 100;
    return `${i},${x.toFixed(3)},a${a},b${b},c${c},${(x + a / 10 + Math.cos(i * 78.233) * 20).toFixed(3)}`;
  });
  return ['id,x,a,b,c,y', ...lines, ''].join('\n');
}

interface Parts {
  readonly train?: string;
  readonly validate?: string;
}

function configOf({
  train = '{ candidates: [{ type: linear, solver: adam, epochs: 1 }] }',
  validate = '{}',
}: Parts) {
  return [
    'name: rows\ntask: regression\ntarget: y',
    'data: { source: { type: file, path: rows.csv }, key: [id] }',
    'features:',
    ...['a', 'b', 'c'].map((name) => `  ${name}: { type: category, encode: one-hot, max-categories: 1200 }`),
    'prepare: { checks: { leakage: off } }',
    `train: ${train}`,
    `validate: ${validate}\n`,
  ].join('\n');
}

async function project(parts: Parts, count = rows): Promise<string> {
  const folder = await projectOf('stop', { 'ciclo.yml': configOf(parts), 'rows.csv': tableOf(count) });
  folders.push(folder);
  return folder;
}

afterAll(() => removeAll(folders));

/** Runs a command and sends a signal as soon as stderr says that it is at work. */
async function stopped(folder: string, verb: string, at: RegExp, signal: NodeJS.Signals = 'SIGTERM') {
  let told = false;
  const ended = await ciclo([verb, '--verbose'], {
    cwd: folder,
    watch: (child, stderr) => {
      if (told || !at.test(stderr)) return;
      told = true;
      // Into the middle of the work that the line announces.
      setTimeout(() => child.kill(signal), 300);
    },
  });
  return { ...ended, results: (await readdir(path.join(folder, '.ciclo')).catch(() => [])).sort() };
}

const after = { code: 143, stderr: expect.stringContaining('Stopped (SIGTERM): no result is half-written') };

describe('SIGTERM ends, and leaves nothing of', () => {
  test('many rows that are read and prepared', async () => {
    const folder = await project({}, 1_500_000);
    expect(await stopped(folder, 'prepare', /^(read rows.csv|prepare) /m)).toMatchObject({
      ...after,
      results: [],
    });
  });

  describe('work that would go on for hours', () => {
    let prepared: string;
    beforeAll(async () => {
      prepared = await project({});
      expect((await ciclo(['prepare', '--quiet'], { cwd: prepared })).code).toBe(0);
    });

    const train = (options: string) => `{ ${options} }`;
    const endless = 'epochs: 1000000000, patience: 1000000000';
    test.each([
      [
        "one step of Newton's method over 3,000 coefficients",
        train('candidates: [{ type: linear, solver: newton, l2: 0 }]'),
        /backend kernel/,
      ],
      [
        'a network in large batches',
        train(`candidates: [{ type: neural-network, batch-size: 20000, ${endless} }]`),
        /train neural-network/,
      ],
      [
        'a network on TensorFlow.js',
        train(`backend: wasm, candidates: [{ type: neural-network, batch-size: 20000, ${endless} }]`),
        /backend wasm/,
      ],
      [
        'boosted trees',
        train('candidates: [{ type: boosted-trees, rounds: 20000, patience: 20000, leaves: 4096 }]'),
        /train boosted-trees/,
      ],
      [
        'permutation importance',
        train(
          'candidates: [{ type: linear, solver: adam, epochs: 1 }], importance: { repeats: 1000000000, work: 1e300 }',
        ),
        /importance/,
      ],
    ])('%s', async (_, section, at) => {
      await writeFile(path.join(prepared, 'ciclo.yml'), configOf({ train: section }));
      expect(await stopped(prepared, 'train', at)).toMatchObject({
        ...after,
        results: ['.gitignore', 'dataset'],
      });
    });

    test('a bootstrap', async () => {
      const parts = {
        train: train('candidates: [{ type: linear, solver: adam, epochs: 1 }], importance: off'),
        validate: '{ bootstrap: { resamples: 3000000 }, metrics: [rmse, mae] }',
      };
      await writeFile(path.join(prepared, 'ciclo.yml'), configOf(parts));
      expect((await ciclo(['train', '--quiet'], { cwd: prepared })).code).toBe(0);
      const results = ['.gitignore', 'dataset', 'model'];
      expect(await stopped(prepared, 'validate', /./)).toMatchObject({ ...after, results });
    });
  });
});
