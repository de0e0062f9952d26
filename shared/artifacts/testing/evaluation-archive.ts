import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { sha256 } from '../../platform/digest.ts';
import { formatJson } from '../../platform/json.ts';
import { sampleRegression } from '../../report/testing/sample-evaluation.ts';
import { contentDigest, type Manifest } from '../folders/manifest.ts';
import { formatArtifactName } from '../store/artifact-name.ts';

/** Where a test's evaluation differs from a sound one. */
export interface EvaluationOverrides {
  readonly evaluation?: Partial<Evaluation>;
  /** evaluation.json as text, in place of a formatted one. */
  readonly json?: string;
  /** Changes to the manifest after it was made to fit. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Files beside those of the manifest. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** The files of an evaluation folder, and the name of its artifact. */
export function evaluationArchive({
  evaluation,
  json,
  manifest = {},
  extra = {},
}: EvaluationOverrides = {}): {
  readonly name: string;
  readonly files: Map<string, Uint8Array>;
} {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const files = new Map([
    ['evaluation.json', encode(json ?? formatJson(sampleRegression(evaluation)))],
    ['report.html', encode('<!doctype html><title>fuel</title>')],
  ]);
  const listed = Object.fromEntries(
    [...files].map(([name, bytes]) => [name, { digest: sha256(bytes), bytes: bytes.byteLength }]),
  );
  const sound: Manifest = {
    format: 1,
    kind: 'evaluation',
    pipeline: 'fuel',
    fingerprint: sha256('what determines it'),
    inputs: {},
    versions: { ciclo: '1.0.0' },
    files: listed,
    digest: contentDigest('evaluation', listed),
  };
  files.set('manifest.json', encode(formatJson({ ...sound, ...manifest })));
  for (const [name, text] of Object.entries(extra)) files.set(name, encode(text));
  return { name: formatArtifactName(sound), files };
}
