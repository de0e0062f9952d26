import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pullRequestLimits, shortDigest } from '../../shared/metrics/evaluation/looks.ts';
import { triggersIn } from '../../shared/report/pull-request/testing/github-page.ts';
import { formatLooksLine, parseLooksLine } from './looks-line.ts';

const record = { rows: shortDigest('rows'), models: ['a', 'b'].map(shortDigest), unlisted: 2 };
const changed = (change: Readonly<Record<string, unknown>>): string =>
  `<!-- ciclo-judged: ${JSON.stringify({ ...record, ...change })} -->`;

describe('the hidden line of judged models', () => {
  test('comes back, above any text', () => {
    const records = fc.record({
      rows: fc.string().map(shortDigest),
      models: fc.uniqueArray(fc.string().map(shortDigest), { minLength: 1 }),
      unlisted: fc.nat(pullRequestLimits.unlisted),
    });
    fc.assert(
      fc.property(records, fc.string(), (value, text) => {
        for (const end of ['\n', '\r\n']) {
          expect(parseLooksLine(`${formatLooksLine(value)}${end}${text}`)).toEqual(value);
        }
        expect(parseLooksLine(formatLooksLine(value))).toEqual(value);
      }),
    );
  });

  test('at its longest leaves most of a comment to the report, and GitHub makes nothing of it', () => {
    const models = Array.from({ length: pullRequestLimits.models }, (_, i) => shortDigest(`${i}`));
    const longest = formatLooksLine({ ...record, models, unlisted: pullRequestLimits.unlisted });
    expect(longest.length).toBeLessThan(9000);
    const inside = longest.slice('<!--'.length, -'-->'.length);
    expect(inside).not.toMatch(/--|[<>@#\n\r]/);
    expect(triggersIn(inside)).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['another text', 'LGTM'],
    ['one that is quoted', `> ${formatLooksLine(record)}`],
    ['one below other text', `### passes\n${formatLooksLine(record)}`],
  ])('is not there: %s', (_, text) => {
    expect(parseLooksLine(text)).toBeUndefined();
  });

  test.each([
    ['cut off', formatLooksLine(record).slice(0, 60)],
    ['text after it on its line', `${formatLooksLine(record)} hello`],
    ['no JSON', '<!-- ciclo-judged: {rows} -->'],
    ['no object', '<!-- ciclo-judged: null -->'],
    ['no model', changed({ models: [] })],
    ['a model twice', changed({ models: ['a', 'a'].map(shortDigest) })],
    ['a model that is no digest', changed({ models: ['<img src=x>'] })],
    ['a digest with something after it', changed({ models: [`${shortDigest('a')}\n`] })],
    [
      'more models than are listed',
      changed({ models: Array.from({ length: 501 }, (_, i) => shortDigest(`${i}`)) }),
    ],
    ['a count below 0', changed({ unlisted: -1 })],
    ['half a model', changed({ unlisted: 0.5 })],
    ['a count past all bounds', changed({ unlisted: 1e9 })],
    ['no rows', changed({ rows: undefined })],
    ['another key', changed({ __proto__x: 1 })],
  ])('is broken: %s', (_, text) => {
    expect(parseLooksLine(text)).toBe('broken');
  });
});
