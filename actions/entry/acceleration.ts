import type { Config } from '../../shared/config/sections/schema.ts';
import type { VerbPorts } from '../ports.ts';
import { installOptionalPackage, type OptionalPackage } from './optional-package.ts';

/** The version that the engine is tested with, by `npm run test:node-backend`. */
export const nativeTensorFlow: OptionalPackage = {
  name: '@tensorflow/tfjs-node',
  version: '4.22.0',
  // It fetches libtensorflow and its addon.
  scripts: true,
  asked: 'accelerate',
  remedy:
    'the runner needs npm, its registry and storage.googleapis.com (or a mirror in the variable TFJS_NODE_CDN_STORAGE); ' +
    'or leave accelerate out and set train.backend in ciclo.yml to kernel, which needs nothing installed',
};

/**
 * The ports of a step that trains: with `accelerate: tfjs-node` the package is installed when a training begins, and
 * not by a drift check that trains nothing.
 */
export function acceleratedPorts<Ports extends VerbPorts>(
  accelerate: 'tfjs-node' | undefined,
  { train }: Pick<Config, 'train'>,
  ports: Ports,
): Ports {
  if (accelerate === undefined) return ports;
  if (train.backend !== 'node') {
    ports.logger.warn(
      `accelerate: ${accelerate} is not installed: train.backend in ciclo.yml is ${train.backend}, which does not use it; leave accelerate out, or set train.backend to node`,
    );
    return ports;
  }
  return {
    ...ports,
    engineFiles: async () => ({ native: await installOptionalPackage(nativeTensorFlow, ports) }),
  };
}
