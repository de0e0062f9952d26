import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { kernelDigests } from '../testing/kernel-digests.ts';

const module = JSON.stringify(new URL('../testing/kernel-digests.ts', import.meta.url).href);

describe('the kernel gives the same bits', () => {
  test('again, and on two threads at once', async () => {
    const alone = await kernelDigests();
    expect(new Set(alone).size).toBe(alone.length);
    const onThread = () => {
      const script = `
        const { parentPort } = require('node:worker_threads');
        import(${module}).then(async ({ kernelDigests }) => parentPort.postMessage(await kernelDigests()));`;
      const worker = new Worker(script, { eval: true });
      return new Promise<string[]>((resolve, reject) => worker.on('message', resolve).on('error', reject));
    };
    const all = await Promise.all([onThread(), onThread(), kernelDigests()]);
    expect(all).toEqual([alone, alone, alone]);
  });

  // What differs between machines is which instructions a compiler chooses; these choose others on this one.
  test.each([
    ['by the baseline compiler alone', ['--liftoff-only']],
    ['by the optimising compiler alone', ['--no-liftoff', '--no-wasm-lazy-compilation']],
    ['without AVX and fused multiply-add', ['--no-enable-avx', '--no-enable-avx2', '--no-enable-fma3']],
    ['without SSE 4', ['--no-enable-avx', '--no-enable-sse4-2', '--no-liftoff']],
  ])('%s', async (_, flags) => {
    const script = `console.log(JSON.stringify(await (await import(${module})).kernelDigests()))`;
    const run = await promisify(execFile)(process.execPath, [...flags, '--input-type=module', '-e', script]);
    expect(JSON.parse(run.stdout)).toEqual(await kernelDigests());
  });
});
