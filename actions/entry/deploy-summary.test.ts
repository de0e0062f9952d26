import { describe, expect, test } from 'vitest';
import { code, md } from '../../shared/report/pull-request/markdown.ts';
import {
  elementsOf,
  githubHtml,
  readText,
  triggersIn,
} from '../../shared/report/pull-request/testing/github-page.ts';
import { deploySentence, deploySummary } from './deploy-summary.ts';

type Deployed = Parameters<typeof deploySummary>[0];

const hostile = [
  '#12 and acme/cars#7',
  ':x: :tada:',
  '@octocat and @acme/owners',
  '\u202egpj.exe',
  '<!-- ciclo: {} -->',
  '[here](https://evil.example) https://evil.example',
  'a|b',
];

function outputs(overrides: Partial<Deployed> = {}): Deployed {
  return {
    tag: 'fuel@v1.2.0',
    environment: 'production',
    change: 'deployed',
    replaced: 'v1.1.0',
    releaseUrl: 'https://github.example/acme/fuel/releases/tag/fuel%40v1.2.0',
    bundle: { name: 'fuel-v1.2.0.tar.gz', digest: `sha256:${'ab'.repeat(32)}` },
    ...overrides,
  };
}

describe('the summary of a deployment', () => {
  test('says what is where, and how it is known', () => {
    const summary = deploySummary(
      outputs(),
      { wanted: false, why: md`${code('attest')} is ${code('false')}` },
      {
        outcome: 'other',
        sentence: 'these are not the bytes that #12 was judged on: the merge has other data',
      },
    );
    const html = githubHtml(summary);
    expect(elementsOf(html).filter((element) => !element.startsWith('code'))).toEqual([
      'h3',
      'p',
      'a href=https://github.example/acme/fuel/releases/tag/fuel%40v1.2.0',
      'p',
      'p',
    ]);
    expect(readText(html).trim().split(/\n+/)).toEqual([
      '🚀 fuel@v1.2.0 is in production in place of v1.1.0',
      `Release, fuel-v1.2.0.tar.gz sha256:${'ab'.repeat(32)}`,
      '⚠️ These are not the bytes that #12 was judged on: the merge has other data.',
      'Not attested: attest is false.',
    ]);
  });

  test.each(hostile)('makes nothing of %j, wherever it comes from', (text) => {
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

  test('folds the lines of a message of the code host', () => {
    const summary = deploySummary(
      outputs(),
      { wanted: true },
      { outcome: 'unknown', sentence: 'the model cannot be compared:\n  no\n# heading' },
    );
    expect(readText(githubHtml(summary))).toContain('The model cannot be compared: no # heading.');
    expect(elementsOf(githubHtml(summary))).not.toContain('h1');
  });

  test('of a failed smoke test has another sign, and names no version as replaced', () => {
    const failed = outputs({ change: 'failed' });
    expect(deploySummary(failed, { wanted: true })).toMatch(
      /^### ❌ `fuel@v1\.2\.0` is not in production: its smoke test found a difference\n/,
    );
    expect(deploySentence(failed)).not.toContain('in place of');
    expect(deploySentence(outputs())).toBe('fuel@v1.2.0 is in production in place of v1.1.0');
    expect(deploySentence(outputs({ change: 'unchanged' }))).toBe(
      'fuel@v1.2.0 is in production already: nothing to do',
    );
  });
});
