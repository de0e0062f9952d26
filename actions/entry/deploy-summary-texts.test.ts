import { describe, expect, test } from 'vitest';
import { elementsOf, githubHtml, triggersIn } from '../../shared/report/pull-request/testing/github-page.ts';
import type { DeployOutputs } from '../deploy/deploy-outputs.ts';
import { deploySummary } from './deploy-summary.ts';

const hostile = [
  '#12 and acme/cars#7',
  ':x: :tada:',
  '@octocat and @acme/owners',
  '\u202egpj.exe',
  '<!-- ciclo: {} -->',
  '[here](https://evil.example) https://evil.example',
  'a|b',
];

function outputs(overrides: Partial<DeployOutputs> = {}): DeployOutputs {
  return {
    version: 'v1.2.0',
    tag: 'fuel@v1.2.0',
    environment: 'production',
    change: 'deployed',
    replaced: 'v1.1.0',
    releaseUrl: 'https://github.example/acme/fuel/releases/tag/fuel%40v1.2.0',
    bundle: { name: 'fuel-v1.2.0.tar.gz', digest: `sha256:${'ab'.repeat(32)}` },
    reasons: [],
    folders: {},
    ownBundle: true,
    ...overrides,
  };
}

describe('texts of others in the summary of a deployment', () => {
  test.each(hostile)('%j is nothing but text, wherever it comes from', (text) => {
    const page = (given: string) =>
      githubHtml(
        deploySummary(
          outputs({
            environment: given,
            tag: given,
            replaced: given,
            bundle: { ...outputs().bundle, name: given, digest: given },
          }),
          { wanted: true },
          { outcome: 'unknown', sentence: `the code host said: ${given}` },
        ),
      );
    const isOurs = (element: string) => element !== 'span' && !element.startsWith('code');
    expect(elementsOf(page(text)).filter(isOurs)).toEqual(elementsOf(page('plain')).filter(isOurs));
    expect(triggersIn(page(text))).toEqual([]);
    expect(page(text)).not.toContain('\u202e');
    expect(page(text)).not.toContain('<!--');
  });
});
