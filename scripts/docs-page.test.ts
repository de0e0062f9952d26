import { expect, test } from 'vitest';
import { docsPage, pageId } from './docs-page.ts';

const home = { repository: 'https://example.com/blob/main', base: '/ciclo/' };
const pages = new Set([
  'docs/README.md',
  'docs/guides/data.md',
  'docs/adr/README.md',
  'benchmarks/README.md',
]);
const page = (text: string, file = 'docs/guides/site.md') => docsPage(text, file, pages, home);

test.each([
  ['docs/guides/data.md', 'guides/data'],
  ['docs/README.md', 'index'],
  ['docs/adr/README.md', 'adr'],
  ['benchmarks/README.md', 'benchmarks'],
])('%s is the page %s', (file, id) => expect(pageId(file)).toBe(id));

test('the first heading becomes the title and the first sentence the description', () => {
  const { title, description, body } = page(
    '# The `site`\n\n![x](x.png)\n\nIt [predicts](data.md) in a\nbrowser. It has *more*.\n',
  );
  expect(title).toBe('The site');
  expect(description).toBe('It predicts in a browser.');
  expect(body).not.toContain('# The');
});

test('relative links lead to pages of the site, or to the repository; pictures, anchors and addresses stay', () => {
  const links =
    '[a](data.md#b) [i](../README.md) [r](../adr/README.md) [s](../../ciclo.schema.json) [h](#h) [w](https://example.org/)';
  expect(page(`# T\n\n${links} ![p](../images/p.png)`).body).toBe(
    '[a](/ciclo/guides/data/#b) [i](/ciclo/) [r](/ciclo/adr/) [s](https://example.com/blob/main/ciclo.schema.json) [h](#h) [w](https://example.org/) ![p](../images/p.png)',
  );
});

test('code is left as it is, and a link around code is a link', () => {
  expect(page('# T\n\n`b` [`a`](data.md) `c`').body).toBe('`b` [`a`](/ciclo/guides/data/) `c`');
  const code = '`[a](data.md)`\n\n```md\n[a](data.md)\n```\n';
  expect(page(`# T\n\n${code}`).body).toBe(code);
});

test('long keys in tables may break after a dot and before a bracket; other code is left whole', () => {
  const rows = '| `data.source(http).retries` | 4 |\n| `features.<column>.unit` | `a.b` |\n| `name` | |\n';
  expect(page(`# T\n\n${rows}`).body).toBe(
    '| <code>data.<wbr>source<wbr>(http).<wbr>retries</code> | 4 |\n' +
      '| <code>features.<wbr>&lt;column>.<wbr>unit</code> | `a.b` |\n| `name` | |\n',
  );
});

test('a file without a title is named', () => {
  expect(() => page('text')).toThrow('docs/guides/site.md cannot be a page');
});
