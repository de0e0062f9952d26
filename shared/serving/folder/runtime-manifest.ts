import { runtimePackage, runtimeVersion } from '../../model/onnx/runtime-places.ts';
import { formatJson } from '../../platform/json.ts';
import type { ServedVersion } from './served-version.ts';

/** package.json of the folder of an ONNX model: what npm installs for it. Its install script is not wanted, see README.md. */
export function runtimeManifest({ name, version }: ServedVersion): string {
  return formatJson({
    name: `${name}-server`,
    version: version.slice(1),
    private: true,
    dependencies: { [runtimePackage]: runtimeVersion },
  });
}
