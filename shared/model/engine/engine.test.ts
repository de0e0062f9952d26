import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../platform/errors.ts';
import { silentLogger } from '../../platform/logger.ts';
import { loadEngine } from './engine.ts';

const addon = new URL(
  '../../../node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node',
  import.meta.url,
);

describe('loading TensorFlow.js', () => {
  test('gives the backend asked for and says what it is', async () => {
    const wasm = await loadEngine('wasm', silentLogger);
    expect(wasm.tf.getBackend()).toBe('wasm');
    expect(wasm).toMatchObject({
      name: 'tensorflow.js',
      backend: 'wasm',
      reproducible: process.arch === 'x64',
    });
    expect(wasm.version).toMatch(/^4\./);
    const cpu = await loadEngine('cpu', silentLogger);
    expect(cpu.tf.getBackend()).toBe('cpu');
    expect(cpu.reproducible).toBe(false);
  });

  test('leaves the process’s handlers of uncaught errors as they were', async () => {
    const before = [process.listeners('uncaughtException'), process.listeners('unhandledRejection')];
    await loadEngine('wasm', silentLogger);
    expect([process.listeners('uncaughtException'), process.listeners('unhandledRejection')]).toEqual(before);
  });

  test('writes nothing to the console', async () => {
    const module = JSON.stringify(new URL('engine.ts', import.meta.url).href);
    const script = `
      const { loadEngine } = await import(${module});
      const logger = { debug() {}, info() {}, warn() {}, progress() {} };
      for (const backend of ['cpu', 'wasm', 'cpu']) {
        const { tf } = await loadEngine(backend, logger);
        tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync();
      }`;
    const run = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(run).toEqual({ stdout: '', stderr: '' });
  });

  test('says how to get the native backend where it is not installed', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({
        resolve(name, context, next) {
          if (name === '@tensorflow/tfjs-node') throw new Error('Cannot find package ' + name);
          return next(name, context);
        },
      });
      const { loadEngine } = await import(${JSON.stringify(new URL('engine.ts', import.meta.url).href)});
      const logger = { debug() {}, info() {}, warn() {}, progress() {} };
      await loadEngine('node', logger).catch((error) => console.log(error.name, error.message));`;
    const run = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(run.stdout).toMatch(
      /^ConfigurationError train\.backend: cannot load @tensorflow\/tfjs-node for the backend "node": Cannot find package .*npm i @tensorflow\/tfjs-node.*scripts\/build-tfjs-node\.sh.*train\.backend to kernel/,
    );
  });

  test.skipIf(existsSync(addon))('says so where its addon was not built', async () => {
    const loading = loadEngine('node', silentLogger);
    await expect(loading).rejects.toThrow(ConfigurationError);
    await expect(loading).rejects.toThrow(/cannot load @tensorflow\/tfjs-node for the backend "node"/);
  });

  test('says so when the files of the wasm backend are not where they should be', async () => {
    const script = `
      const { loadEngine } = await import(${JSON.stringify(new URL('engine.ts', import.meta.url).href)});
      const logger = { debug() {}, info() {}, warn() {}, progress() {} };
      await loadEngine('wasm', logger, { wasm: '/nowhere/' }).catch((error) => console.log(error.name, error.message));`;
    const run = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(run.stdout).toContain('ConfigurationError train.backend: cannot read');
    expect(run.stdout).toContain('/nowhere/tfjs-backend-wasm-simd.wasm');
    expect(run.stderr).toBe('');
  });
});
