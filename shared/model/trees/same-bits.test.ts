import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { treesDigests } from '../testing/trees-digests.ts';
import { treesVersion } from './trees-version.ts';

const module = JSON.stringify(new URL('../testing/trees-digests.ts', import.meta.url).href);

/** By loss: all rows and columns; shares of them, with weights. Whoever changes one counts `treesVersion` up. */
const pinned = {
  version: '1',
  digests: {
    squared: ['sha256:4c353539e67b974b', 'sha256:0068227467487674'],
    absolute: ['sha256:663562a65a78c0dc', 'sha256:b735df2b1ecba9e4'],
    binary: ['sha256:5559aacf0b23fe3f', 'sha256:4ac9299ebd82ee1d'],
    multiclass: ['sha256:de1c4f0d2d0e6843', 'sha256:857937ee860f14fe'],
  },
};

describe('boosted trees give the bits of their version', () => {
  it('in this process, and on two threads at once', async () => {
    const onThread = () => {
      const script = `
        const { parentPort } = require('node:worker_threads');
        import(${module}).then(({ treesDigests }) => parentPort.postMessage(treesDigests()));`;
      const worker = new Worker(script, { eval: true });
      return new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
    };
    const all = await Promise.all([onThread(), onThread(), treesDigests()]);
    expect({ version: treesVersion, digests: all[2] }).toEqual(pinned);
    expect(all).toEqual([pinned.digests, pinned.digests, pinned.digests]);
  });

  // What differs between machines is which instructions a compiler chooses; these choose others on this one.
  it.each([
    ['in another process', []],
    ['without the compiler that optimises most', ['--no-opt']],
    ['without AVX and fused multiply-add', ['--no-enable-avx', '--no-enable-avx2', '--no-enable-fma3']],
  ])('%s', async (_, flags) => {
    const script = `console.log(JSON.stringify((await import(${module})).treesDigests()))`;
    const run = await promisify(execFile)(process.execPath, [...flags, '--input-type=module', '-e', script]);
    expect(JSON.parse(run.stdout)).toEqual(pinned.digests);
  });
});
