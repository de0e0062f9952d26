// TensorFlow.js with its backends, loaded here and nowhere else.
import { existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import type { TrainConfig } from '../../config/sections/train-section.ts';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';

/** The TensorFlow.js module, whichever package brought it. */
export type TensorFlow = typeof import('@tensorflow/tfjs', { with: { 'resolution-mode': 'require' }});

/** Where TensorFlow.js computes. */
export type Backend = Exclude<TrainConfig['backend'], 'kernel'>;

/** A TensorFlow.js that is ready to compute, and what a report says about it. */
export interface Engine {
  readonly tf: TensorFlow;
  readonly name: 'tensorflow.js';
  /** TensorFlow.js's own version, `4.22.0`. */
  readonly version: string;
  readonly backend: Backend;
  /**
   * True where equal bytes on every machine are proved: wasm on x64, by the golden digest of the tests.
   * Other processors should agree (WebAssembly's arithmetic is exact) but have not been tried.
   */
  readonly reproducible: boolean;
}

/** Where the engine's own files are, when they are not in node_modules. */
export interface EngineFiles {
  /** Folder of the three `.wasm` files: beside a bundle, for instance. */
  readonly wasm?: string;
  /** Folder that `@tensorflow/tfjs-node` is resolved from, where it was installed apart. */
  readonly native?: string;
}

/**
 * Loads TensorFlow.js and makes `backend` its current one. Modules are imported on demand, so that
 * only training pays for them.
 *
 * @throws ConfigurationError when the backend cannot be loaded; the message says how to get it.
 */
export async function loadEngine(backend: Backend, logger: Logger, files: EngineFiles = {}): Promise<Engine> {
  const tf = backend === 'node' ? importNative(files.native) : (await import('@tensorflow/tfjs')).default;
  // Production mode keeps TensorFlow.js from printing advice on the console.
  tf.enableProdMode();
  if (backend === 'wasm') await startWasm(tf, files.wasm);
  else await start(tf, backend === 'node' ? 'tensorflow' : backend);
  const version = tf.version_core;
  logger.debug(`TensorFlow.js ${version}, backend ${backend}, ${process.arch}`);
  const reproducible = backend === 'wasm' && process.arch === 'x64';
  return { tf, name: 'tensorflow.js', version, backend, reproducible };
}

async function start(tf: TensorFlow, name: string): Promise<void> {
  if (!(await tf.setBackend(name))) {
    throw new ConfigurationError(
      `train.backend: TensorFlow.js cannot start its backend "${name}" on this machine`,
    );
  }
  await tf.ready();
}

const simdFile = 'tfjs-backend-wasm-simd.wasm';

async function startWasm(tf: TensorFlow, given: string | undefined): Promise<void> {
  const wasm = (await import('@tensorflow/tfjs-backend-wasm')).default;
  const folder = given ?? wasmFolder();
  const file = path.join(folder, simdFile);
  await access(file).catch((error: unknown) => {
    throw new ConfigurationError(
      `train.backend: cannot read ${file}, which the backend "wasm" runs on (${messageOf(error)}): ` +
        'install the package again (npm ci), or use train.backend: kernel',
    );
  });
  wasm.setWasmPaths(path.join(folder, '/'));
  await withoutNewHandlers(() => withDirname(folder, () => start(tf, 'wasm')));
}

/** In a bundle the files are beside it; otherwise they are the package's own. */
function wasmFolder(): string {
  if (existsSync(path.join(import.meta.dirname, simdFile))) return import.meta.dirname;
  return path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
}

/** The wasm module is CommonJS and reads `__dirname` when it starts; bundled as an ES module it has none of its own. */
async function withDirname(folder: string, work: () => Promise<void>): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(globalThis, '__dirname');
  Object.defineProperty(globalThis, '__dirname', { value: folder, configurable: true });
  try {
    await work();
  } finally {
    if (before) Object.defineProperty(globalThis, '__dirname', before);
    else Reflect.deleteProperty(globalThis, '__dirname');
  }
}

/**
 * The wasm module installs process-wide handlers for uncaught errors, which throw them again from within its own
 * file and so hide where they came from; they are taken away once it runs.
 */
async function withoutNewHandlers(work: () => Promise<void>): Promise<void> {
  const uncaught = new Set(process.listeners('uncaughtException'));
  const unhandled = new Set(process.listeners('unhandledRejection'));
  await work();
  for (const listener of process.listeners('uncaughtException')) {
    if (!uncaught.has(listener)) process.off('uncaughtException', listener);
  }
  for (const listener of process.listeners('unhandledRejection')) {
    if (!unhandled.has(listener)) process.off('unhandledRejection', listener);
  }
}

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
function restoreRemovedFunctions(): void {
  const removed: Record<string, (value: unknown) => boolean> = {
    isNullOrUndefined: (value) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, value] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value, configurable: true });
  }
}

function importNative(folder: string | undefined): TensorFlow {
  restoreRemovedFunctions();
  // The native library reads this once, while it loads; 2 leaves errors and drops its start-up notices.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // The package is optional: neither compiler nor bundler may insist on it, and in a bundle only Node's own require finds it.
  const name = '@tensorflow/tfjs-node';
  try {
    const from = folder === undefined ? import.meta.url : path.join(folder, 'package.json');
    return createRequire(from)(name) as TensorFlow;
  } catch (error) {
    const reason = messageOf(error)
      .split('\n')[0]!
      .replace(/[.\s]+$/, '');
    throw new ConfigurationError(
      `train.backend: cannot load @tensorflow/tfjs-node for the backend "node": ${reason}. ` +
        'Install it with "npm i @tensorflow/tfjs-node", in a workflow by "accelerate: tfjs-node"; where its download fails, build the addon with ' +
        '"scripts/build-tfjs-node.sh"; or set train.backend to kernel, which needs nothing installed',
    );
  }
}
