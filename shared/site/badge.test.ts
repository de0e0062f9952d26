import { expect, test } from 'vitest';
import { sampleHistory } from '../report/testing/sample-drift.ts';
import { badgeMarkdown, badgeOf } from './badge.ts';
import { renderSite } from './site.ts';
import { sampleSite } from './testing/sample-site.ts';

const site = sampleSite('regression');
const live = site.versions.find((version) => version.live)!.version;
const [check] = sampleHistory(1).map((line) => ({ ...line, model: live }));
const quiet = {
  ...check!,
  outcome: 'no-drift',
  performance: { ...check!.performance!, degraded: false },
} as const;
const passing = { ...site, evaluation: { ...site.evaluation, verdict: 'pass' } } as const;

test('a badge says which version is live, how it was judged, and what the last check of its data found', () => {
  expect(badgeOf({ ...passing, history: [quiet] })).toEqual({
    schemaVersion: 1,
    label: site.name,
    message: `${live}, pass, no drift on 2026-01-01`,
    color: 'brightgreen',
  });
  expect(badgeOf(passing).message).toBe(`${live}, pass`);
});

test.each([
  ['red', 'got worse', { history: [{ ...quiet, performance: { ...quiet.performance, degraded: true } }] }],
  ['red', 'fail', { evaluation: { ...site.evaluation, verdict: 'fail' } }],
  ['orange', ', drift on', { history: [{ ...quiet, outcome: 'drift' }] }],
  ['yellow', 'too few rows', { history: [{ ...quiet, outcome: 'not-enough-data' }] }],
  ['yellow', 'warn', { evaluation: { ...site.evaluation, verdict: 'warn' } }],
  ['lightgrey', 'no version', { versions: [] }],
] as const)('it is %s where it says "%s"', (color, words, change) => {
  const badge = badgeOf({ ...passing, history: [quiet], ...change });
  expect(badge).toMatchObject({ color, message: expect.stringContaining(words) });
});

test('checks of an earlier version say nothing of the live one', () => {
  const history = [{ ...quiet, model: 'v0.0.1', outcome: 'drift' } as const];
  expect(badgeOf({ ...passing, history })).toMatchObject({ message: `${live}, pass`, color: 'brightgreen' });
});

test('the site has it beside the pages, in the form that shields.io documents', async () => {
  const files = await renderSite({ pipelines: [site] });
  const badge = JSON.parse(new TextDecoder().decode(files.get(`${site.name}/badge.json`)));
  expect(badge).toEqual(badgeOf(site));
});

test('in a README it names the file on the site, and leads to the pages', () => {
  const url = 'https%3A%2F%2Facme.github.io%2Fmodels%2Ffuel%2Fbadge.json';
  const markdown = `[![fuel](https://img.shields.io/endpoint?url=${url})](https://acme.github.io/models/fuel/)`;
  expect(badgeMarkdown('fuel', 'https://acme.github.io/models')).toBe(markdown);
  expect(badgeMarkdown('fuel', 'https://acme.github.io/models/')).toBe(markdown);
  for (const address of ['acme', 'http://127.0.0.1/', 'file:///site']) {
    expect(() => badgeMarkdown('fuel', address)).toThrow('shields.io reads the site by https');
  }
});
