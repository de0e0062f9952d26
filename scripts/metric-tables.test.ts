import { describe, expect, it } from 'vitest';
import { metricNames } from '../shared/metrics/descriptors/descriptors.ts';
import { markdownTable } from './markdown-table.ts';
import { metricTables } from './metric-tables.ts';

describe('the tables of metrics', () => {
  it('hold every metric once', () => {
    const named = [...metricTables().matchAll(/^\| `([a-z0-9-]+)`(?: \(`[a-z]+`: [^|]+\))? \|/gm)].map(
      ([, name]) => name,
    );
    expect(named.toSorted()).toEqual([...metricNames].toSorted());
  });
});

describe('a Markdown table', () => {
  it('keeps what would end a cell or begin a tag, and leaves code as it is', () => {
    expect(markdownTable(['a', ''], [['|x| <b>', '`<column>`\n text']])).toBe(
      ['| a |  |', '|---|---|', '| \\|x\\| &lt;b> | `<column>` text |'].join('\n'),
    );
  });
});
