import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../../platform/logger.ts';
import { cicloVersion } from '../../../platform/version.ts';
import { loadTrainingEngine } from './training-engine.ts';

const urlOf = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);

describe('the engine of a training', () => {
  test('says what it is', async () => {
    expect((await loadTrainingEngine('kernel', silentLogger)).facts).toEqual({
      name: 'ciclo',
      version: cicloVersion,
      backend: 'kernel',
      reproducible: process.arch === 'x64',
    });
    expect((await loadTrainingEngine('cpu', silentLogger)).facts).toMatchObject({
      name: 'tensorflow.js',
      backend: 'cpu',
      reproducible: false,
    });
  });

  test('is the kernel by default, and then nothing of TensorFlow is loaded', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({
        resolve(name, context, next) {
          if (name.startsWith('@tensorflow/')) throw new Error('asked for ' + name);
          return next(name, context);
        },
      });
      const { houses } = await import(${urlOf('../../testing/model-builders.ts')});
      const { trainModel } = await import(${urlOf('../train-model.ts')});
      const logger = { debug() {}, info() {}, warn() {}, progress() {} };
      const { report } = await trainModel(houses({ task: 'multiclass' }), { logger });
      console.log(report.engine.backend, report.candidates.length);
      const candidates = [{ type: 'linear' }, { type: 'boosted-trees' }, { type: 'neural-network', seeds: 1 }];
      const all = await trainModel(houses({ candidates }), { logger });
      console.log(Object.keys(all.versions).join(' '), all.report.candidates.length);
      const asked = await trainModel(houses({ train: { backend: 'cpu' } }), { logger }).catch((error) => error.message);
      console.log(asked);`;
    const run = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(run.stdout).toBe('kernel 2\nboosted-trees ciclo 3\nasked for @tensorflow/tfjs\n');
  });
});
