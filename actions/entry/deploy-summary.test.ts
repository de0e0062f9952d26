import { describe, expect, test } from 'vitest';
import { md } from '../../shared/report/pull-request/markdown.ts';
import { githubHtml, readText, triggersIn } from '../../shared/report/pull-request/testing/github-page.ts';
import { deploySentence, deploySummary } from './deploy-summary.ts';

const digest = `sha256:${'1f'.repeat(32)}`;

type Deployed = Parameters<typeof deploySummary>[0];

function outputs(overrides: Partial<Deployed> = {}): Deployed {
  return {
    tag: 'fuel@v1.2.0',
    environment: 'production',
    change: 'deployed',
    replaced: 'fuel@v1.1.0',
    releaseUrl: 'https://github.com/octo/cars/releases/tag/fuel%40v1.2.0',
    bundle: { name: 'fuel-v1.2.0.tar.gz', digest },
    ...overrides,
  };
}

describe('the summary of a deployment', () => {
  test('says what is where in place of what, and which bundle it is', () => {
    expect(deploySummary(outputs(), { wanted: true })).toBe(
      `### 🚀 \`fuel@v1.2.0\` is in production in place of \`fuel@v1.1.0\`

[Release](https://github.com/octo/cars/releases/tag/fuel%40v1.2.0), \`fuel-v1.2.0.tar.gz\` \`${digest}\`
`,
    );
  });

  test('says why there is no attestation', () => {
    const summary = deploySummary(outputs(), { wanted: false, why: md`the job has no \`right\`` });
    expect(summary).toMatch(/\n\nNot attested: the job has no `right`\.\n$/);
  });

  test('warns where other bytes than the approved ones are deployed, and lets a message be nothing but text', () => {
    const sentence = 'other bytes: <!-- ciclo --> @octocat :x: #1 **b**';
    const page = githubHtml(
      deploySummary(outputs(), { wanted: true }, { outcome: 'other', sentence }).split('\n\n').at(-1)!,
    );
    expect(readText(page).trimEnd()).toBe(`⚠️ O${sentence.slice(1)}.`);
    expect(triggersIn(page)).toEqual([]);
  });

  test('of a failed smoke test has another sign, and names no version as replaced', () => {
    const failed = outputs({ change: 'failed' });
    expect(deploySummary(failed, { wanted: true })).toMatch(
      /^### ❌ `fuel@v1\.2\.0` is not in production: its smoke test found a difference\n/,
    );
    expect(deploySentence(failed)).not.toContain('in place of');
    expect(deploySentence(outputs())).toBe('fuel@v1.2.0 is in production in place of fuel@v1.1.0');
    expect(deploySentence(outputs({ change: 'unchanged' }))).toBe(
      'fuel@v1.2.0 is in production already: nothing to do',
    );
  });
});
