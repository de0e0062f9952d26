import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visibleText } from '../../text/visible-text.ts';
import { alert, bulletList, code, codeFence, details, link, type Markdown, md, table } from './markdown.ts';
import { elementsOf, githubHtml, readText, triggersIn } from './testing/github-page.ts';
import { hostileTexts } from './testing/hostile-texts.ts';

/** Fragments that mean something to Markdown, HTML, Mermaid or GitHub, glued together at random. */
const fragment = fc.constantFrom(
  ...[
    '|',
    '\\',
    '`',
    '``',
    '*',
    '**',
    '_',
    '__',
    '~~',
    '[',
    ']',
    '(',
    ')',
    '!',
    '<',
    '>',
    '&',
    ';',
    '&amp',
    '#',
    '#1',
    '@',
    '@a',
  ],
  ...[
    ':',
    ':x:',
    'x:',
    '$',
    '$$',
    '^',
    '[^1]',
    '-',
    '+',
    '=',
    '===',
    '---',
    '1.',
    '1)',
    '>',
    '\n',
    '\n\n',
    '\t',
    ' ',
    '    ',
    '"',
    "'",
  ],
  ...[
    'www.',
    'w',
    '.',
    'a.b',
    'https://',
    'http:',
    '//',
    'ftp://',
    'mailto:',
    'xmpp:',
    'a@b.c',
    'gh-',
    'GH-1',
    'GH',
    '\u200b',
    '\u202e',
  ],
  ...[
    '<b>',
    '</td>',
    '<!--',
    '-->',
    '<![CDATA[',
    '<?',
    '</details>',
    'abc123f',
    '0123456789abcdef',
    'x',
    'é',
    '😀',
    '\ud800',
    '%%',
    '{',
    '}',
  ],
);
const hostile = fc.oneof(
  fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...hostileTexts.filter((text) => text.length < 500)),
);

/** As a reader should see it: what cannot be seen written out. */
function visible(text: string): string {
  return visibleText(text).replaceAll('\n', '\\u000A').replaceAll('\t', '\\u0009').replaceAll('\u00a0', ' ');
}

const shapes: readonly [string, (text: string) => Markdown | undefined][] = [
  ['a paragraph', (text) => md`before ${text} after`],
  ['a whole line', (text) => md`${text}`],
  ['beside itself', (text) => md`x/${text}/${text}/y`],
  ['code', (text) => md`${code(text, 600)}`],
  [
    'a table',
    (text) =>
      table(
        [{ label: 'a' }, { label: 'b' }],
        [
          [text, code(text, 600)],
          ['x', text],
        ],
      ),
  ],
  ['a list', (text) => bulletList([text, md`x ${text}`])],
  ['details', (text) => details('sum', [md`${text}`, md`${code(text, 600)}`])],
  ['an alert', (text) => alert('NOTE', [md`${text}`, bulletList([text])])],
  ['bold', (text) => md`**${text}x**`],
];

/** The elements of the shape with a harmless text; code may be marked up as `code`, a dollar sign as a `span`. */
function structure(markdown: Markdown | undefined): string[] {
  return elementsOf(githubHtml(`${markdown}`)).filter((element) => element !== 'span');
}

describe.each(shapes)('%s', (_, shape) => {
  test('holds any text as it was given, and nothing else results', () => {
    fc.assert(
      fc.property(
        hostile.filter((text) => text.length > 0),
        (text) => {
          const html = githubHtml(`${shape(text)}`);
          expect(structure(shape(text))).toEqual(structure(shape('plain')));
          expect(readText(html)).toBe(
            readText(githubHtml(`${shape('plain')}`)).replaceAll('plain', () => visible(text)),
          );
          expect(triggersIn(html)).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each(hostileTexts.filter((text) => text.length > 0 && text.length < 500))('holds %j', (text) => {
    const html = githubHtml(`${shape(text)}`);
    expect(structure(shape(text))).toEqual(structure(shape('plain')));
    expect(triggersIn(html)).toEqual([]);
  });
});

test('plain names are code in backticks, which mail and people read best', () => {
  expect(`${code('power_to_weight')}`).toBe('`power_to_weight`');
  expect(`${code('2400 to below 3400')}`).toBe('`2400 to below 3400`');
  expect(`${code('a|b')}`).toBe('<code>a&#124;b</code>');
  expect(`${code('')}`).toBe('*(empty)*');
});

test('long texts are cut', () => {
  expect(readText(githubHtml(`${md`${'x'.repeat(700)}`}`))).toBe(`${'x'.repeat(599)}…`);
  expect(`${code('x'.repeat(70))}`).toBe(`\`${'x'.repeat(59)}…\``);
});

describe('links', () => {
  test('lead to the web', () => {
    const address = 'https://github.com/a/b/actions/runs/1?x=(1)|2&y=<z>#l';
    const [paragraph, anchor] = elementsOf(githubHtml(`${link('a|b', address)}`));
    expect(paragraph).toBe('p');
    expect(anchor).toBe('a href=https://github.com/a/b/actions/runs/1?x=%281%29%7C2&y=%3Cz%3E#l');
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'not an address', ''])(
    '%j leads nowhere',
    (address) => {
      expect(`${link('report', address)}`).toBe('report');
    },
  );

  test('any address leaves its line whole', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = githubHtml(
          `${table([{ label: 'a' }], [[link('label', `https://example.com/${text}`)]])}`,
        );
        expect(readText(html).trim().split(/\s+/)).toEqual(['a', 'label']);
        expect(elementsOf(html).filter((element) => element.startsWith('a ')).length).toBe(1);
      }),
    );
  });
});

test('a fence is longer than any within', () => {
  const html = githubHtml(`${codeFence('sh', ['```', 'x ````` y', '@octocat'])}`);
  expect(elementsOf(html)).toEqual(['pre', 'code class']);
  expect(readText(html)).toBe('```\nx ````` y\n@octocat\n');
});
