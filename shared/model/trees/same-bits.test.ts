import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { treesDigests } from '../testing/trees-digests.ts';
import { treesVersion } from './trees-version.ts';

const module = JSON.stringify(new URL('../testing/trees-digests.ts', import.meta.url).href);

/** By loss and variant. Whoever changes one counts `treesVersion` up. */
const pinned = {
  version: '1',
  digests: {
    squared: ['sha256:b8ac95fe5bbf540a', 'sha256:a3a980988fa578e2'],
    absolute: ['sha256:98e55c664b314dba', 'sha256:2e7a728f0e70f8cd'],
    binary: ['sha256:3906c41f6ea8aea9', 'sha256:baf50a95ba4e05b4'],
    multiclass: ['sha256:389c767cd89d905e', 'sha256:0f8434f481cdca85'],
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
