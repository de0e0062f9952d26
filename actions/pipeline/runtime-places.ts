import type { RuntimePlaces } from '../../shared/model/onnx/runtime-places.ts';
import type { VerbPorts } from '../ports.ts';
import type { Pipeline } from './pipeline.ts';

/** Where the runtime of a pipeline's ONNX models is looked for: from its own folder first. */
export function runtimePlaces(
  { loaded }: Pick<Pipeline, 'loaded'>,
  { packageFolders = [], installOnnxRuntime }: VerbPorts,
): RuntimePlaces {
  return {
    folders: [loaded.directory, ...packageFolders],
    ...(installOnnxRuntime ? { install: installOnnxRuntime } : {}),
  };
}
