import { runtimePackage, runtimeVersion } from '../../shared/model/onnx/runtime-places.ts';
import type { OptionalPackage } from './optional-package.ts';

/** What runs ONNX models. */
export const onnxRuntimePackage: OptionalPackage = {
  name: runtimePackage,
  version: runtimeVersion,
  // Its script fetches what only graphics processors need.
  scripts: false,
  platforms: 'bin/napi-v6',
  asked: 'the model is an ONNX model',
  remedy: `the runner needs npm and its registry; or add ${runtimePackage} ${runtimeVersion} to the repository's package.json and install it in a step before this one`,
};
