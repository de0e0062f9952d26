import type { EngineFiles } from '../../shared/model/engine/engine.ts';
import { folderWith } from '../../shared/platform/package-places.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';

/** TensorFlow's native library, for `train.backend: node`. */
const nativePackage = '@tensorflow/tfjs-node';

/**
 * Where the files of the training engine are: where the ports have put them; of the native library, else, in the folder of
 * ciclo.yml, like other optional packages. What is nowhere is looked for beside Ciclo, which says what is missing.
 */
export async function engineFilesOf(
  { directory, config }: Pipeline['loaded'],
  { engineFiles, packageFolders = [] }: Pick<VerbPorts, 'engineFiles' | 'packageFolders'>,
): Promise<EngineFiles> {
  if (engineFiles) return engineFiles();
  if (config.train.backend !== 'node') return {};
  const native = folderWith(nativePackage, [directory, ...packageFolders]);
  return native === undefined ? {} : { native };
}
