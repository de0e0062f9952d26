import { type Evaluation, evaluationSchema } from '../../metrics/evaluation/evaluation.ts';
import { headlineOf } from '../../metrics/evaluation/headline.ts';
import { consequenceOfGate, verdictOf } from '../../metrics/evaluation/verdict.ts';
import { sha256 } from '../../platform/digest.ts';
import { IntegrityError, quote } from '../../platform/errors.ts';
import { type Manifest, parseManifest } from '../folders/manifest.ts';
import { bytesOf, jsonOf, type ResultFiles, textOf } from '../folders/result-files.ts';
import type { FolderFiles } from '../folders/run-folder.ts';
import type { ArchiveLimits } from './artifact-archive-entry.ts';
import { fingerprintDigits, parseArtifactName } from './artifact-name.ts';

/** An evaluation of another run, after everything that can be checked without its dataset and model was checked. */
export interface EvaluationArtifact {
  readonly evaluation: Evaluation;
  readonly manifest: Manifest;
}

/** How much an evaluation's archive may hold: a few files, the largest being predictions and report. */
export const evaluationLimits: ArchiveLimits = {
  entries: 16,
  entryBytes: 128 * 2 ** 20,
  totalBytes: 256 * 2 ** 20,
};

/** An evaluation is some hundred kilobytes of JSON; a stranger's that is much more is not worth parsing. */
const largestJson = 8 * 2 ** 20;
const largestManifest = 2 ** 20;

/**
 * Reads an evaluation out of the files of a stranger's artifact. Whatever follows from other parts is computed again:
 * the verdict must be that of the gates, and the headline is written again from the numbers.
 *
 * What is left to believe are the numbers themselves: they are the other run's own.
 *
 * @param files as readHostileArchive gives them.
 * @param artifactName the name under which the code host lists them.
 * @throws IntegrityError for anything that is not as Ciclo writes it.
 */
export function parseEvaluationArtifact(files: FolderFiles, artifactName: string): EvaluationArtifact {
  const refuse = (why: string): never => {
    throw new IntegrityError(`the artifact ${quote(artifactName)} ${why}: it is refused`);
  };
  const read = { place: `the artifact ${quote(artifactName)}`, remedy: 'it is refused', files };
  checkSize(read, 'manifest.json', largestManifest, refuse);
  const manifest = parseManifest(textOf(read, 'manifest.json'), artifactName);
  const name = parseArtifactName(artifactName);
  if (manifest.kind !== 'evaluation' || name?.kind !== 'evaluation') {
    return refuse(
      `holds the result ${quote(manifest.kind)} under a name of another or of none, not an evaluation`,
    );
  }
  if (name.pipeline !== manifest.pipeline || name.fingerprint !== fingerprintDigits(manifest.fingerprint)) {
    return refuse(
      `holds the evaluation of the pipeline ${quote(manifest.pipeline)} with the fingerprint ${manifest.fingerprint}`,
    );
  }
  checkFiles(files, manifest, refuse);
  checkSize(read, 'evaluation.json', largestJson, refuse);
  const evaluation = jsonOf(read, 'evaluation.json', evaluationSchema);
  checkCoherence(evaluation, manifest, refuse);
  return { manifest, evaluation: { ...evaluation, headline: headlineAnew(evaluation, refuse) } };
}

type Refuse = (why: string) => never;

function checkSize(read: ResultFiles, name: string, largest: number, refuse: Refuse): void {
  const { byteLength } = bytesOf(read, name);
  if (byteLength > largest) refuse(`has a ${name} of ${byteLength} bytes; at most ${largest} are read`);
}

function checkFiles(files: FolderFiles, manifest: Manifest, refuse: Refuse): void {
  for (const name of files.keys()) {
    if (name !== 'manifest.json' && !Object.hasOwn(manifest.files, name)) {
      refuse(`holds ${quote(name)}, which its manifest does not list`);
    }
  }
  for (const [name, expected] of Object.entries(manifest.files)) {
    const bytes = files.get(name) ?? refuse(`lacks ${quote(name)}, which its manifest lists`);
    if (bytes.byteLength !== expected.bytes) {
      refuse(`has ${bytes.byteLength} bytes in ${quote(name)}, its manifest says ${expected.bytes}`);
    }
    if (sha256(bytes) !== expected.digest)
      refuse(`holds a ${quote(name)} whose digest is not the one stated`);
  }
}

/** What the schema cannot say: parts that must agree with each other. */
function checkCoherence(evaluation: Evaluation, manifest: Manifest, refuse: Refuse): void {
  const { pipeline, gates, inconclusive, verdict, metrics, classes, confusion, perClass } = evaluation;
  if (pipeline !== manifest.pipeline) {
    refuse(
      `holds an evaluation of the pipeline ${quote(pipeline)}, its manifest says ${quote(manifest.pipeline)}`,
    );
  }
  const computed = verdictOf(gates, inconclusive);
  if (computed !== verdict) refuse(`states the verdict ${verdict}; its gates give ${computed}`);
  const meant = gates.find(
    (gate) => gate.means !== undefined && gate.means !== consequenceOfGate(gate, inconclusive),
  );
  if (meant) refuse(`states that a gate means ${meant.means}; its policy says otherwise`);
  const names = metrics.map(({ name }) => name);
  if (new Set(names).size !== names.length) refuse(`states a metric twice (${quote(names.join(', '))})`);
  if ((evaluation.task === 'regression') === (classes !== undefined)) {
    refuse(`is of the task ${evaluation.task} ${classes ? 'with' : 'without'} classes`);
  }
  if (evaluation.positive !== undefined && !classes?.includes(evaluation.positive)) {
    refuse(`has the positive class ${quote(evaluation.positive)}, which is none of its classes`);
  }
  const size = classes?.length ?? 0;
  if (confusion && (confusion.length !== size || confusion.some((row) => row.length !== size))) {
    refuse(`has a confusion matrix that is not ${size} × ${size}, as its classes say`);
  }
  if (perClass && perClass.length !== size)
    refuse(`has figures of ${perClass.length} classes, not of ${size}`);
}

function headlineAnew(evaluation: Evaluation, refuse: Refuse): string {
  const { verdict, gates, champion, unit, bootstrap } = evaluation;
  const primary = evaluation.metrics.find(({ name }) => name === evaluation.primary);
  if (!primary) return refuse(`has no value of its primary metric ${quote(evaluation.primary)}`);
  return headlineOf({ verdict, primary, gates, champion, confidence: bootstrap.confidence, unit });
}
