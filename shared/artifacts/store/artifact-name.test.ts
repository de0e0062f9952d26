import { array, assert, constantFrom, property, stringMatching, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { folderKinds } from '../folders/manifest.ts';
import { artifactPrefix, formatArtifactName, parseArtifactName } from './artifact-name.ts';

const kinds = constantFrom(...folderKinds);
/** Names that are hard to tell apart: dashes, kinds and hexadecimal digits inside. */
const pipelines = array(constantFrom('a', 'fuel', '-', 'model', 'dataset', 'evaluation', 'cafe', '0'), {
  minLength: 1,
  maxLength: 6,
})
  .map((parts) => parts.join(''))
  .filter((name) => /^[a-z][a-z0-9-]*$/.test(name));

describe('the name of an artifact', () => {
  test('is ciclo, pipeline, kind and the first 16 digits of the fingerprint', () => {
    const fingerprint = `sha256:0123456789abcdef${'0'.repeat(48)}`;
    expect(formatArtifactName({ pipeline: 'fuel', kind: 'model', fingerprint })).toBe(
      'ciclo-fuel-model-0123456789abcdef',
    );
  });

  test('says again what it was made of, whatever the pipeline is called', () => {
    assert(
      property(pipelines, kinds, uint8Array(), (pipeline, kind, bytes) => {
        const fingerprint = sha256(bytes);
        const name = formatArtifactName({ pipeline, kind, fingerprint });
        expect(name.startsWith(artifactPrefix(pipeline, kind))).toBe(true);
        expect(parseArtifactName(name)).toEqual({ pipeline, kind, fingerprint: fingerprint.slice(7, 23) });
      }),
    );
  });

  test('tells a pipeline fuel-model from the model of a pipeline fuel, though the prefixes are alike', () => {
    const name = 'ciclo-fuel-model-dataset-0123456789abcdef';
    expect(name.startsWith(artifactPrefix('fuel', 'model'))).toBe(true);
    expect(parseArtifactName(name)).toMatchObject({ pipeline: 'fuel-model', kind: 'dataset' });
  });

  test('of another tool, or nearly ours, says nothing', () => {
    const near = [
      'dist',
      'ciclo-fuel-model-0123',
      'ciclo-Fuel-model-0123456789abcdef',
      'ciclo-fuel-release-0123456789abcdef',
      'ciclo-fuel-model-0123456789abcdef\n',
      'ciclo-../model-model-0123456789abcdef',
    ];
    for (const name of near) expect(parseArtifactName(name), name).toBeUndefined();
    assert(property(stringMatching(/^[ -~]{0,40}$/), (name) => parseArtifactName(name) === undefined));
  });

  test('is made of checked values only', () => {
    const fingerprint = sha256('');
    expect(() => formatArtifactName({ pipeline: '../evil', kind: 'model', fingerprint })).toThrow(
      new RangeError(
        `no artifact can be named after the pipeline "../evil" and the fingerprint "${fingerprint}"`,
      ),
    );
    expect(() => formatArtifactName({ pipeline: 'fuel', kind: 'model', fingerprint: 'sha256:12' })).toThrow(
      RangeError,
    );
  });
});
