import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readModelFolder } from '../artifacts/folders/model-folder.ts';
import type { RuntimePlaces } from '../model/onnx/runtime-places.ts';
import type { ServedModel } from './served-model.ts';

/** Where a server gets its model from, at its start and again when it changes. */
export interface ModelSource {
  /** How messages call it. */
  readonly place: string;
  /** Reads the model and verifies every byte of it. @throws ConfigurationError or IntegrityError when it cannot. */
  load(): Promise<ServedModel>;
  /** A cheap mark that differs once the model was replaced; undefined while there is none. */
  mark(): Promise<string | undefined>;
}

export interface SourceOptions {
  /** What answers call the model: `v1.2.0`. Default: what the source says. */
  readonly version?: string;
  /** Where the runtime of ONNX models is looked for, beside Ciclo itself. */
  readonly places?: RuntimePlaces;
}

/** Digits of a digest that stand for the version of an unreleased model. */
const shortDigest = 12;

/** A model folder, as `ciclo train` writes it. Replacing it, as Ciclo does, or rewriting its manifest changes its mark. */
export function folderSource(folder: string, options: SourceOptions = {}): ModelSource {
  return {
    place: folder,
    load: async () => {
      const { manifest, schema, recipe, predictor, profile } = await readModelFolder(folder, options.places);
      const { pipeline: name, digest } = manifest;
      const version = options.version ?? digest.slice('sha256:'.length).slice(0, shortDigest);
      return { name, version, digest, schema, recipe, predictor, profile };
    },
    mark: () => markOf(path.join(folder, 'manifest.json')),
  };
}

/**
 * Place, time and size of a file; undefined while it is not there.
 *
 * @throws the file system's error, unless the file is missing.
 */
export async function markOf(file: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino}/${size}/${mtimeMs}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
