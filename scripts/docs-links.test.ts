import { expect, test } from 'vitest';
import { brokenLinks } from './docs-links.ts';

const repository = 'https://github.com/ciclo-ml/ciclo/blob/main/';

function broken(html: string): string[] {
  return brokenLinks({
    pages: new Map([
      ['/ciclo/', html],
      ['/ciclo/data/', '<h2 id="the-split">The split</h2>'],
    ]),
    hasFile: (file) => file === '/ciclo/a.png',
    inRepository: (file) => file === 'ciclo.schema.json',
    repository,
  });
}

test('links to pages, their headings, files of the site and of the repository lead somewhere', () => {
  const html = `<a href="/ciclo/data/"></a><a href="data/#the-split"></a><a href="#here"></a><p id="here">
    <img src="/ciclo/a.png"><a href="${repository}ciclo.schema.json#L1"></a><a href="https://example.org/x"></a>`;
  expect(broken(html)).toEqual([]);
});

test.each([
  '/ciclo/dada/',
  '/ciclo/data/#the-splits',
  '#there',
  '/ciclo/b.png',
  '/data/',
  `${repository}no-such-file`,
])('a link that leads nowhere is named with its page: %s', (link) => {
  expect(broken(`<a href="${link}"></a>`)).toEqual([`/ciclo/: ${link}`]);
});
