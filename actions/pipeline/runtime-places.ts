import type { RuntimePlaces } from '../../shared/model/onnx/runtime-places.ts';
import type { Pipeline } from './pipeline.ts';

/** How the runtime of ONNX models is come by. */
export interface RuntimePorts {
  /** Folders, after that of ciclo.yml, from which optional packages such as onnxruntime-node are resolved. */
  readonly packageFolders?: readonly string[];
  /** Asked when an ONNX model is to be run and no folder has its runtime. @returns the folder that it is resolved from then. */
  installOnnxRuntime?(): Promise<string>;
}

/** Where the runtime of a pipeline's ONNX models is looked for: from its own folder first. */
export function runtimePlaces(
  { loaded }: Pick<Pipeline, 'loaded'>,
  { packageFolders = [], installOnnxRuntime }: RuntimePorts,
): RuntimePlaces {
  return {
    folders: [loaded.directory, ...packageFolders],
    ...(installOnnxRuntime ? { install: installOnnxRuntime } : {}),
  };
}
