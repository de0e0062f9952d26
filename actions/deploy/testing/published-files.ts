import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readHostileArchive } from '../../../shared/artifacts/store/artifact-archive.ts';

/** Of a model that is several. */
const blendFiles: readonly RegExp[] = [
  /^ensemble\.json$/,
  /^recipe-\d+\.json$/,
  /^part-\d+-\d+\.(model\.json|weights\.bin|trees\.(json|bin))$/,
];

/**
 * Every kind of file that leaves the machine on which a model is made, by the place where it is published. What is not
 * listed here fails the test of published values: whoever adds a file says there what it may hold (docs/adr/0018).
 */
const publishedFiles: Readonly<Record<string, readonly RegExp[]>> = {
  /** Inside a release's zip file, and so in the server folder and behind the site. */
  bundle: [
    ...[/^manifest\.json$/, /^model\.json$/, /^weights\.bin$/, /^schema\.json$/, /^recipe\.json$/],
    ...[/^profile\.json$/, /^prediction-profile\.json$/, /^training\.json$/, /^evaluation\.json$/],
    ...[/^card\.md$/, /^smoke\.json$/, /^engine\.json$/, /^trees\.(json|bin)$/],
    ...blendFiles,
  ],
  release: [
    /^notes$/,
    /^tags$/,
    /^model-card\.md$/,
    /^[\w-]+-v1\.0\.0\.zip$/,
    /^[\w-]+-v1\.0\.0-server\.zip$/,
  ],
  server: [
    ...[
      /^server\.mjs$/,
      /^licenses\.txt$/,
      /^model\.zip$/,
      /^example\.json$/,
      /^Dockerfile$/,
      /^\.dockerignore$/,
      /^README\.md$/,
    ],
    ...[/\.ya?ml$/, /\.service$/, /^LICENSE.*$/, /^NOTICE.*$/, /^openapi\.json$/],
  ],
  site: [/\.html$/, /\.js$/, /\.css$/, /\.json$/, /\.svg$/, /\.nojekyll$/, /\.zip$/, /\.bin$/, /\.md$/],
  /**
   * Artifacts of a run. `predictions.arrow` holds the judged rows' targets for the next job, `out-of-fold.arrow` and
   * `fold-training.arrow` those of rows in folds; the first and the last are in no release, the second in none that could be read
   * by more people than the data.
   */
  model: [
    ...[/^manifest\.json$/, /^model\.json$/, /^weights\.bin$/, /^schema\.json$/, /^recipe\.json$/],
    ...[/^profile\.json$/, /^training\.json$/, /^card\.md$/, /^engine\.json$/, /^trees\.(json|bin)$/],
    ...[...blendFiles, /^out-of-fold\.arrow$/, /^fold-training\.arrow$/],
  ],
  evaluation: [
    /^manifest\.json$/,
    /^evaluation\.json$/,
    /^report\.html$/,
    /^card\.md$/,
    /^predictions\.arrow$/,
  ],
  drift: [/^manifest\.json$/, /^drift\.json$/, /^profile\.json$/, /^report\.html$/],
  /** What is written on the code host about a run. */
  host: [/^comment$/, /^check$/, /^summary$/, /^drift-summary$/, /^history$/],
};

/** Files of one place, as bytes. */
export type PlacedFiles = ReadonlyMap<string, Uint8Array>;

/** All files below a folder, by their path in it. */
export async function filesBelow(folder: string): Promise<PlacedFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, Uint8Array]> => {
        const file = path.join(parentPath, name);
        return [path.relative(folder, file).replaceAll(path.sep, '/'), await readFile(file)];
      }),
    ),
  );
}

/** The files in an archive. */
export async function insideOf(bytes: Uint8Array): Promise<PlacedFiles> {
  const limits = { folders: 2, entries: 64, entryBytes: 2 ** 30, totalBytes: 2 ** 30 };
  return readHostileArchive(bytes, limits);
}

/** Texts that a file holds, those of the archives in it too. Rows that are handed on to the next job are none. */
export async function textsOf(name: string, bytes: Uint8Array): Promise<string[]> {
  // The program, and its licences, are the same for every model.
  if (/\.arrow$|^server\.mjs$|^licenses\.txt$/.test(name)) return [];
  if (!name.endsWith('.zip')) return [new TextDecoder().decode(bytes)];
  const inside = await insideOf(bytes);
  return (await Promise.all([...inside].map(([inner, content]) => textsOf(inner, content)))).flat();
}

/** Names of a place that no pattern of {@link publishedFiles} knows. */
export function unknownFiles(place: string, files: PlacedFiles): string[] {
  const patterns = publishedFiles[place] ?? [];
  return [...files.keys()].filter((name) => !patterns.some((pattern) => pattern.test(name)));
}
