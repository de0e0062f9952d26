import type { PackagePlaces } from '../../platform/package-places.ts';

/** The version of onnxruntime-node that Ciclo is tested with. */
export const runtimeVersion = '1.30.0';

export const runtimePackage = 'onnxruntime-node';

/** Where onnxruntime-node is looked for. */
export type RuntimePlaces = PackagePlaces;
