// onnxruntime-node, which is loaded here and nowhere else, and only for a model of ONNX.
import { createRequire } from 'node:module';
import path from 'node:path';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import { findPackage } from '../../platform/package-places.ts';
import { type RuntimePlaces, runtimePackage, runtimeVersion } from './runtime-places.ts';
import type { TensorData } from './tensor-data.ts';

/** A tensor of the runtime. */
export interface RuntimeTensor {
  readonly type: string;
  readonly data: TensorData | ArrayLike<unknown>;
}

/** A model that the runtime has loaded. */
export interface RuntimeSession {
  run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    outputs: readonly string[],
  ): Promise<Record<string, RuntimeTensor>>;
}

/** What is used of onnxruntime-node. */
export interface OnnxRuntime {
  readonly Tensor: new (type: string, data: TensorData, shape: readonly number[]) => RuntimeTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<RuntimeSession>;
  };
  readonly env: { readonly versions: Readonly<Record<string, string | undefined>> };
}

/**
 * Loads onnxruntime-node from where it is installed.
 *
 * @throws ConfigurationError that says the command to run when it is nowhere, or cannot be loaded where it is.
 */
export async function loadRuntime(places: RuntimePlaces): Promise<OnnxRuntime> {
  return load(await findRuntime(places));
}

/** The folder `node_modules` that has onnxruntime-node. @throws ConfigurationError when it is nowhere. */
export async function runtimeModules(places: RuntimePlaces): Promise<string> {
  const file = await findRuntime(places);
  return file.slice(0, file.lastIndexOf(`${path.sep}${runtimePackage}${path.sep}`));
}

async function findRuntime(places: RuntimePlaces): Promise<string> {
  const file = await findPackage(runtimePackage, places);
  if (file !== undefined) return file;
  const [first = '.'] = places.folders;
  throw new ConfigurationError(
    `the model is an ONNX model, which ${runtimePackage} runs, and that is not installed: run "npm install --ignore-scripts ${runtimePackage}@${runtimeVersion}" in ${path.resolve(first)}`,
  );
}

function load(file: string): OnnxRuntime {
  try {
    return createRequire(file)(file) as OnnxRuntime;
  } catch (error) {
    throw new ConfigurationError(
      `cannot load ${runtimePackage} from ${file}: ${messageOf(error).split('\n')[0]}; install it again with "npm install --ignore-scripts ${runtimePackage}@${runtimeVersion}" (it has files for Linux, macOS and Windows, on x64 and arm64)`,
      { cause: error },
    );
  }
}
