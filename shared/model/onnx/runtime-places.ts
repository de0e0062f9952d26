/** The version of onnxruntime-node that Ciclo is tested with. */
export const runtimeVersion = '1.30.0';

export const runtimePackage = 'onnxruntime-node';

/** Where onnxruntime-node is looked for: beside these, in what lies above them, and beside Ciclo itself. */
export interface RuntimePlaces {
  /** Folders that it is resolved from, the first first: that of ciclo.yml. */
  readonly folders: readonly string[];
  /** Asked when no folder has it: installs it, and gives the folder that it is resolved from then. */
  install?(): Promise<string>;
}
