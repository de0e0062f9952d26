import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../testing/problems-of.ts';

/** The problems of a data section, without their places. */
function problems(data: string): string[] {
  const text = `task: regression\ntarget: y\ndata:\n${data
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}\n`;
  return problemsOf(text).map((line) => line.replace(/^ciclo\.yml:\d+:\d+: /, ''));
}

const sources =
  'sources:\n  orders: { type: file, path: o.csv }\n  customers: { type: file, path: c.csv, key: id }';
const steps = (...lines: string[]): string[] =>
  problems(`${sources}\nsteps:\n${lines.map((line) => `  - ${line}`).join('\n')}`);

describe('sources and steps', () => {
  it('are accepted in each of their forms', () => {
    expect(
      steps(
        'filter: d => d.amount > 0',
        'derive: { days: d => (d.sold - d.listed) / 86_400_000 }',
        'join: { with: customers, on: { customer: id }, columns: { city: town }, kind: inner }',
        'join: { with: customers, on: [id, region], prefix: c_, as-of: { time: { date: since }, tolerance: 30d, same-time: false } }',
        'group: { of: customers, by: { customer: id }, time: date, window: 90d, rollup: { n: count, spent: { sum: amount } } }',
        '{ table: customers, group: { by: id, rollup: { n: count } } }',
        'select: [id, y]',
        'select: { except: [id] }',
        'rename: { y: z }',
        'union: customers',
        'dedupe: { by: [id], keep: last }',
      ),
    ).toEqual([]);
  });

  it('are accepted as the guide shows them', () => {
    const guide = readFileSync(new URL('../../../docs/guides/data.md', import.meta.url), 'utf8');
    const example = /```yaml\ndata:\n( {2}sources:\n[^`]*)```/.exec(guide)![1]!;
    expect(problems(example.replace(/^ {2}/gm, ''))).toEqual([]);
  });

  it('are not beside a single source, and steps need names', () => {
    expect(problems(`source: { type: file, path: a.csv }\n${sources}`)).toEqual([
      'data.sources: data.source is there too; give that a name among data.sources, or leave one of them out',
    ]);
    expect(problems('source: { type: file, path: a.csv }\nsteps: [{ filter: d => d.x > 0 }]')).toEqual([
      'data.steps: steps go by the names of sources; in place of source write sources: { rows: { … } }',
    ]);
  });

  it('name sources that are there', () => {
    expect(steps('join: { with: custmers, on: id }', '{ table: order, filter: d => d.x > 0 }')).toEqual([
      'data.sources.customers: no step uses this source; join it, or leave it out',
      'data.steps[0].join.with: "custmers" is not one of the sources; did you mean "customers"? allowed: orders, customers',
      'data.steps[1].table: "order" is not one of the sources; did you mean "orders"? allowed: orders, customers',
    ]);
    expect(steps('join: { with: orders, on: id }', 'union: [customers]')).toEqual([
      'data.steps[0].join.with: "orders" is the table that the step changes; name another',
    ]);
  });

  it('have names that begin with a letter, so that the first is the first', () => {
    expect(problems('sources:\n  2024: { type: file, path: a.csv }')).toEqual([
      'data.sources.2024: "2024" is not a name of a source; allowed: letters, digits, - and _, starting with a letter',
    ]);
  });

  it('do one thing each', () => {
    expect(steps('{ table: customers, filter: d => d.x > 0, select: [id] }', '{ table: customers }')).toEqual(
      [
        'data.steps[0]: a step does one thing, and here are filter and select; write a step for each',
        'data.steps[1]: a step does one thing; allowed: filter, derive, join, group, select, rename, union, dedupe',
      ],
    );
    expect(steps('jion: { with: customers, on: id }', 'union: customers')[0]).toContain(
      'data.steps[0].jion: unknown key; did you mean "join"?',
    );
  });

  it('have what a window and a join need, and nothing else', () => {
    expect(
      steps(
        'group: { by: id, window: 7d, rollup: { n: count } }',
        'group: { by: id, of: customers, rollup: { n: count } }',
        'join: { with: customers, on: id, kind: anti, columns: [city] }',
        'join: { with: customers }',
      ),
    ).toEqual([
      'data.steps[0].group.window: it counts back from a time; write time beside it: date, or { date: ordered_at }',
      'data.steps[1].group.of: it needs a window; to roll all of "customers" up write table: customers beside group, and join it',
      'data.steps[2].join.columns: kind: anti brings nothing in; leave it out',
      'data.steps[3].join.on: is missing (Columns whose values are equal); allowed: id; or [id, region]; or { customer: id }',
    ]);
    expect(
      steps('group: { by: id, rollup: { n: { median: amount }, m: sum, s: { sum: a, mean: a } } }'),
    ).toEqual([
      'data.steps[0].group.rollup.n.median: unknown key; did you mean "mean"? allowed: sum, mean, min, max, distinct, last',
      'data.steps[0].group.rollup.m: "sum" is not allowed; allowed: count; or { sum: amount }, and so with mean, min, max, distinct, last',
      'data.steps[0].group.rollup.s: one thing is rolled up a column, such as { sum: amount }',
    ]);
  });

  it('check each source as a single one', () => {
    expect(
      problems(
        'sources:\n  orders: { type: http, url: "https://a.example/${{ env.TOKEN }}", headers: { Authorization: abc } }',
      ),
    ).toEqual([
      'data.sources.orders.url: "${{ env.TOKEN }}": the variable TOKEN may not be read here; only names that start with CICLO_ may; write ${{ env.CICLO_NAME }}',
      'data.sources.orders.headers.Authorization: the file contains a secret, and is committed; write ${{ env.CICLO_TOKEN }} for it',
    ]);
  });
});
