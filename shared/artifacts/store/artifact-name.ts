import { quote } from '../../platform/errors.ts';
import { type FolderKind, folderKinds } from '../folders/manifest.ts';

/** What an artifact's name says of the folder inside: which pipeline's result of which kind, and its identity. */
export interface ArtifactName {
  readonly pipeline: string;
  readonly kind: FolderKind;
  /** The first 16 hex digits of the result's fingerprint. */
  readonly fingerprint: string;
}

/** Of the fingerprint's 64 hex digits, those in the name: enough that no two results of one run share a name. */
const digits = 16;
/** Kind and fingerprint end the name and have a fixed form: a pipeline may hold dashes and names of kinds. */
const pattern = new RegExp(`^ciclo-([a-z][a-z0-9-]*)-(${folderKinds.join('|')})-([0-9a-f]{${digits}})$`);

/**
 * The name of a result's artifact: `ciclo-fuel-model-0123456789abcdef`.
 *
 * @param result its pipeline, kind and whole fingerprint (`sha256:<64 hex>`), as its manifest says them.
 * @throws RangeError for what is not a pipeline name or no fingerprint: names are made of checked values only.
 */
export function formatArtifactName(result: {
  readonly pipeline: string;
  readonly kind: FolderKind;
  readonly fingerprint: string;
}): string {
  const name = `${artifactPrefix(result.pipeline, result.kind)}${fingerprintDigits(result.fingerprint)}`;
  if (!pattern.test(name)) {
    throw new RangeError(
      `no artifact can be named after the pipeline ${quote(result.pipeline)} and the fingerprint ${quote(result.fingerprint)}`,
    );
  }
  return name;
}

/** What a name says; undefined for names that Ciclo does not give. */
export function parseArtifactName(name: string): ArtifactName | undefined {
  const match = pattern.exec(name);
  if (!match) return undefined;
  return { pipeline: match[1]!, kind: match[2] as FolderKind, fingerprint: match[3]! };
}

/**
 * How the names of a pipeline's results of one kind begin. Another pipeline's may begin so too (`fuel` and
 * `fuel-model`): {@link parseArtifactName} tells them apart.
 */
export function artifactPrefix(pipeline: string, kind: FolderKind): string {
  return `ciclo-${pipeline}-${kind}-`;
}

/** The part of a whole fingerprint that a name holds. */
export function fingerprintDigits(fingerprint: string): string {
  return /^sha256:[0-9a-f]{64}$/.test(fingerprint) ? fingerprint.slice(7, 7 + digits) : '';
}
