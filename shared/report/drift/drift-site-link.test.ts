import { expect, test } from 'vitest';
import { sampleMonitor } from '../testing/sample-drift.ts';
import { renderDriftReport } from './drift-report-page.ts';

const report = sampleMonitor();
const linksOf = (siteUrl?: string): string[] =>
  [
    ...renderDriftReport({ report, ...(siteUrl === undefined ? {} : { siteUrl }) }).matchAll(
      /href="(http[^"]*)"/g,
    ),
  ].map(([, href]) => href!);

test.each(['https://octocat.github.io/models/', 'https://octocat.github.io/models'])(
  'a report leads back to the checks of its pipeline on the site at %s',
  (siteUrl) => {
    expect(linksOf(siteUrl)).toEqual(['https://octocat.github.io/models/fuel/history.html']);
  },
);

test('a report leads nowhere where no site is known, or where its address is none of the web', () => {
  expect(linksOf()).toEqual([]);
  const hostile = renderDriftReport({ report, siteUrl: 'javascript:alert(1)//' });
  expect(hostile).not.toContain('javascript:');
});
