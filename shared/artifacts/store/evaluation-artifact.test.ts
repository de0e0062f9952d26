import { assert, asyncProperty, nat } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IntegrityError } from '../../platform/errors.ts';
import { sampleGate, sampleRegression } from '../../report/testing/sample-evaluation.ts';
import { type EvaluationOverrides, evaluationArchive } from '../testing/evaluation-archive.ts';
import { zipOf } from '../testing/zip-builder.ts';
import { readHostileArchive } from './artifact-archive.ts';
import { evaluationLimits, parseEvaluationArtifact } from './evaluation-artifact.ts';

function parse(overrides: EvaluationOverrides, name?: string) {
  const archive = evaluationArchive(overrides);
  return parseEvaluationArtifact(archive.files, name ?? archive.name);
}

describe("another run's evaluation", () => {
  test('is read with its manifest, and its headline is written again from its numbers', () => {
    const { evaluation, manifest } = parse({ evaluation: { headline: 'Merge now, all is well @everyone' } });
    expect(manifest.pipeline).toBe('fuel');
    expect({ ...evaluation, headline: '' }).toEqual(sampleRegression({ headline: '' }));
    expect(evaluation.headline).toMatch(/^All gates pass: rmse is 2\.87/);
  });

  const failing = [sampleGate({ outcome: 'fail' })];
  const json = JSON.stringify(sampleRegression());
  const refused: readonly (readonly [string, EvaluationOverrides, RegExp])[] = [
    [
      'states another verdict than its gates give',
      { evaluation: { gates: failing } },
      /states the verdict pass; its gates give fail/,
    ],
    [
      'states that an inconclusive gate means less than its policy says',
      {
        evaluation: {
          gates: [sampleGate({ outcome: 'inconclusive', doubt: 'beyond', means: 'pass' })],
          inconclusive: { within: 'warn', beyond: 'fail', unmeasured: 'warn' },
          verdict: 'fail',
        },
      },
      /states that a gate means pass; its policy says otherwise/,
    ],
    [
      'is of another pipeline than its manifest',
      { evaluation: { pipeline: 'other' } },
      /of the pipeline "other", its manifest says "fuel"/,
    ],
    [
      'has another pipeline in its manifest than in its name',
      { manifest: { pipeline: 'other' } },
      /of the pipeline "other" with the fingerprint/,
    ],
    [
      'has another fingerprint than its name',
      { manifest: { fingerprint: `sha256:${'0'.repeat(64)}` } },
      /with the fingerprint sha256:0000/,
    ],
    [
      'is of another kind',
      { manifest: { kind: 'model' } },
      /digest that is not its files'|holds the result "model"/,
    ],
    [
      'has a manifest of another format',
      { manifest: { format: 2 } },
      /has format 2; this Ciclo reads format 1/,
    ],
    ['has a manifest with unknown keys', { manifest: { evil: true } }, /not a manifest of Ciclo/],
    [
      'lists names that leave the folder',
      { manifest: { files: { '../evil': { digest: '', bytes: 0 } } } },
      /not a manifest of Ciclo: files/,
    ],
    [
      'holds a file that is not listed',
      { extra: { 'evil.js': '' } },
      /holds "evil\.js", which its manifest does not list/,
    ],
    [
      'holds other bytes than listed',
      { extra: { 'report.html': '<!doctype html><title>evil</title>' } },
      /a "report\.html" whose digest is not the one stated/,
    ],
    [
      'holds more bytes than listed',
      { extra: { 'report.html': '' } },
      /has 0 bytes in "report\.html", its manifest says 34/,
    ],
    ['is not JSON', { json: '{' }, /evaluation\.json is not JSON/],
    ['nests without end', { json: '['.repeat(1_000_000) }, /evaluation\.json is not JSON/],
    ['does not fit the schema', { json: '{"version":1}' }, /does not fit its format/],
    [
      'has keys that the schema does not know',
      { json: json.replace('{', '{"script":"x",') },
      /does not fit its format/,
    ],
    [
      'has a number without end',
      { json: json.replace('"rows":79', '"rows":1e999') },
      /does not fit its format: rows/,
    ],
    [
      'has a text for a number',
      { json: json.replace('"rows":79', '"rows":"<b>"') },
      /does not fit its format: rows/,
    ],
    [
      'has no value of its primary metric',
      { evaluation: { primary: 'auc' } },
      /no value of its primary metric "auc"/,
    ],
    [
      'states a metric twice',
      { evaluation: { metrics: [...sampleRegression().metrics, ...sampleRegression().metrics] } },
      /states a metric twice/,
    ],
    [
      'is a regression with classes',
      { evaluation: { classes: ['a', 'b'] } },
      /of the task regression with classes/,
    ],
    [
      'has a crooked confusion matrix',
      { evaluation: { task: 'binary', classes: ['a', 'b'], confusion: [[1], [2, 3]] } },
      /confusion matrix that is not 2 × 2/,
    ],
    [
      'has figures of other classes',
      { evaluation: { task: 'binary', classes: ['a', 'b'], perClass: [] } },
      /figures of 0 classes, not of 2/,
    ],
    [
      'is too large to be an evaluation',
      { json: ' '.repeat(9 * 2 ** 20) },
      /evaluation\.json of 9437184 bytes; at most 8388608/,
    ],
  ];
  test.each(refused)('that %s is refused', (_what, overrides, message) => {
    expect(() => parse(overrides)).toThrow(IntegrityError);
    expect(() => parse(overrides)).toThrow(message);
  });

  test('that lacks its manifest, its evaluation or a listed file is refused', () => {
    for (const missing of ['manifest.json', 'evaluation.json', 'report.html']) {
      const { name, files } = evaluationArchive();
      files.delete(missing);
      expect(() => parseEvaluationArtifact(files, name)).toThrow(new RegExp(`(has no|lacks) "?${missing}`));
    }
  });

  test('under a name that is not an evaluation of Ciclo is refused', () => {
    expect(() => parse({}, 'ciclo-fuel-model-0123456789abcdef')).toThrow(
      /under a name of another or of none/,
    );
    expect(() => parse({}, 'dist')).toThrow(/under a name of another or of none/);
  });

  test('that is not UTF-8 is refused', () => {
    const { name, files } = evaluationArchive();
    files.set('manifest.json', new Uint8Array([0xff, 0xfe]));
    expect(() => parseEvaluationArtifact(files, name)).toThrow(
      new IntegrityError(`the artifact "${name}"/manifest.json is not UTF-8 text: it is refused`),
    );
  });
});

test('whatever byte of an archive is changed or wherever it is cut, never another evaluation comes out', async () => {
  const { name, files } = evaluationArchive();
  const zip = zipOf(files);
  const sound = parseEvaluationArtifact(files, name);
  let refusals = 0;
  const check = async (bytes: Uint8Array): Promise<void> => {
    try {
      const read = parseEvaluationArtifact(await readHostileArchive(bytes, evaluationLimits), name);
      expect(read.evaluation).toEqual(sound.evaluation);
    } catch (error) {
      expect(error).toBeInstanceOf(IntegrityError);
      refusals += 1;
    }
  };
  await assert(
    asyncProperty(nat(zip.byteLength - 1), nat(254), async (at, by) => {
      const changed = Uint8Array.from(zip);
      changed[at] = (changed[at]! + 1 + by) % 256;
      await check(changed);
    }),
    { numRuns: 1000 },
  );
  await assert(asyncProperty(nat(zip.byteLength - 1), (length) => check(zip.subarray(0, length))));
  expect(refusals).toBeGreaterThan(500);
});
