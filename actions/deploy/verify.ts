import type { Forge } from '../../shared/forge/ports/forge.ts';
import { foldTrainingFile } from '../../shared/model/out-of-fold/folded-predictions.ts';
import { outOfFoldFile } from '../../shared/model/out-of-fold/out-of-fold.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { cicloVersion } from '../../shared/platform/version.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import type { RegisteredVersion, Registry } from '../../shared/release/registry/registry.ts';
import { formatVersion, requireVersion } from '../../shared/release/registry/version.ts';
import { requireRegistered } from '../../shared/release/registry/version-lookup.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { registryOf } from '../pipeline/registry.ts';
import type { VerbPorts } from '../ports.ts';
import { type ComparedFile, comparedFiles } from './compared-files.ts';
import { bundleOf, fetchReleased, type ReleasedVersion, releasedFile, unboundNote } from './production.ts';
import { type RebuiltBundle, rebuildBundle } from './rebuilt-bundle.ts';

/** Inputs of the verb verify. */
export interface VerifyInputs {
  /** Of the checkout: its name is what versions belong to. */
  readonly pipeline: Pipeline;
  /** `v1.2.0`, or `fuel@v1.2.0`. */
  readonly version: string;
  /** The bundle, where it is at hand as a file and not to be fetched from its release. */
  readonly bundle?: { readonly name: string; readonly bytes: Uint8Array };
}

/** What an attestation says of a bundle's file. */
export interface AttestationCheck {
  /** `none`: there is none; `unchecked`: whether there is one cannot be told here. */
  readonly outcome: 'verified' | 'refused' | 'none' | 'unchecked';
  /** In words. */
  readonly detail: string;
}

/** What verify needs from outside. */
export interface VerifyPorts extends VerbPorts {
  readonly forge: Pick<Forge, 'tags' | 'releases'>;
  /** Checks the commit out elsewhere, and takes that away again. @returns the path of ciclo.yml there. */
  checkout(commit: string): Promise<{ readonly config: string } & AsyncDisposable>;
  /** Asks whether a workflow attested the file. */
  attestation(archive: ReleasedVersion['archive']): Promise<AttestationCheck>;
}

/** Whether a version is what it says it is. */
export interface VerifyOutputs {
  readonly version: string;
  readonly tag: string;
  readonly commit: string;
  /** SHA-256 of the bundle's file. */
  readonly bundle: string;
  /** Whether the tag says which file the bundle is. */
  readonly bound: boolean;
  /** Digest of the released model, as its bundle says it. */
  readonly expected: string;
  /** Digest of the model that its commit gives now. */
  readonly found: string;
  /** Every file of the bundle, by name. */
  readonly files: readonly ComparedFile[];
  readonly attestation: AttestationCheck;
  /** What could not be checked, and why. */
  readonly unchecked: readonly string[];
  /**
   * Of a model that a command trained: whether two trainings from the commit gave the same bytes. Where they did not, no
   * training can show that the released model is the commit's, and what depends on the model is not compared.
   */
  readonly repeats?: boolean;
  /** All that was compared is the same, and no attestation was refused. */
  readonly same: boolean;
}

/**
 * Checks a released version: its bundle by its tag, then prepares, trains and judges again from its commit, and compares
 * what comes of it with the files of the bundle, byte by byte; and its attestation. A difference is a result, not an error.
 *
 * @throws ConfigurationError when there is no such version, IntegrityError when its bundle is not what its tag says.
 */
export async function verify(inputs: VerifyInputs, given: VerifyPorts): Promise<VerifyOutputs> {
  // What is installed here is not in the checkout of a commit.
  const packageFolders = [inputs.pipeline.loaded.directory, ...(given.packageFolders ?? [])];
  const ports = { ...given, packageFolders };
  const wanted = requireVersion(inputs.version.replace(/^.*@/, ''));
  const registry = await registryOf(inputs.pipeline, ports.forge);
  const version = requireRegistered(registry, wanted);
  const released = await releasedOf(inputs, version, ports);
  const { manifest } = released.bundle;
  const rebuilt = await rebuiltFrom(released, registry, ports);
  const expected = manifest.digests.model;
  const again =
    expected !== rebuilt.model && isOfCommand(released)
      ? await rebuiltFrom(released, registry, ports)
      : undefined;
  const repeats = again === undefined || again.model === rebuilt.model;
  const files = comparedFiles(released, rebuilt, again);
  const attestation = await ports.attestation(released.archive);
  return {
    version: formatVersion(version.version),
    tag: version.tag,
    commit: version.commit,
    bundle: bundleOf(released).digest,
    bound: version.binding !== undefined,
    expected,
    found: rebuilt.model,
    files,
    attestation,
    unchecked: [
      ...uncheckedOf(released, rebuilt, attestation),
      ...(repeats ? [] : [unrepeated]),
      ...(repeats && expected !== rebuilt.model ? unseenDifference(released, files) : []),
    ],
    ...(isOfCommand(released) ? { repeats } : {}),
    same:
      (expected === rebuilt.model || !repeats) &&
      files.every(({ outcome }) => outcome !== 'different') &&
      attestation.outcome !== 'refused',
  };
}

async function releasedOf(
  { pipeline, bundle }: VerifyInputs,
  version: RegisteredVersion,
  { forge }: VerifyPorts,
): Promise<ReleasedVersion> {
  if (bundle) return releasedFile(bundle, pipeline.name, version);
  const released = await fetchReleased(pipeline.name, version, forge);
  if (released) return released;
  throw new ConfigurationError(
    `${version.tag} has no published release here to verify: where it is released elsewhere, fetch its bundle and name the file with --bundle`,
  );
}

async function rebuiltFrom(
  released: ReleasedVersion,
  registry: Registry,
  ports: VerifyPorts,
): Promise<RebuiltBundle> {
  const place = await ports.checkout(released.version.commit);
  try {
    return await rebuildBundle(released, { config: place.config, registry }, ports);
  } finally {
    await place[Symbol.asyncDispose]();
  }
}

const unrepeated =
  'the model: the command trained two models from the same commit, so that no training can show that the released one is the commit’s; let it take its seed from CICLO_SEED, and write no times and no random names (converters name the graph at random unless they are given a name)';

/** Where the models of folds differ and no file of the bundle does: it is in what only the model's folder holds. */
function unseenDifference({ bundle }: ReleasedVersion, files: readonly ComparedFile[]): string[] {
  if (!bundle.manifest.model.split?.folds || files.some(({ outcome }) => outcome !== 'same')) return [];
  const kept = [outOfFoldFile, foldTrainingFile].filter((name) => !bundle.files.has(name));
  return [
    `what the models differ in: it is in ${kept.join(' or ')}, which the bundle does not hold, and every file that it holds is the same`,
  ];
}

/** Whether a program of the user's trained the model: nobody has shown that it does the same again. */
function isOfCommand({ bundle }: ReleasedVersion): boolean {
  return bundleReader(bundle).engine().kind === 'onnx';
}

function uncheckedOf(
  released: ReleasedVersion,
  { unjudged }: RebuiltBundle,
  attestation: AttestationCheck,
): string[] {
  const { ciclo } = released.bundle.manifest.model.versions;
  const note = unboundNote(released);
  return [
    ...(note === undefined ? [] : [note]),
    ...(unjudged === undefined ? [] : [`the files that come of judging the model: ${unjudged}`]),
    ...(attestation.outcome === 'unchecked' ? [`the attestation: ${attestation.detail}`] : []),
    ...(ciclo === undefined || ciclo === cicloVersion
      ? []
      : [
          `the version was made by Ciclo ${ciclo}, and this is ${cicloVersion}: its bytes may differ for that alone`,
        ]),
  ];
}
