import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsOf, githubHtml, readText, triggersIn } from '../report/pull-request/testing/github-page.ts';
import { hostileTexts } from '../report/pull-request/testing/hostile-texts.ts';
import { codeMarkdown, escapeMarkdown, markdownTable, oneLine } from './markdown.ts';
import { visibleText } from './visible-text.ts';

const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'<>&"\'`*_|\\#-![]()~$@:/.1a \n\t'), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(...hostileTexts.filter((text) => text.length < 500)),
);

/** As a reader should see it: what cannot be seen written out. */
function shown(text: string): string {
  return visibleText(text).replaceAll('\n', '\\u000A').replaceAll('\t', '\\u0009').replaceAll('\u00a0', ' ');
}

describe('escapeMarkdown', () => {
  test.each([
    ['plain text, 3.5 kg', 'plain text, 3.5 kg'],
    ['4.22.0', '4.22.0'],
    ['a|b', 'a&#124;b'],
    ['<!-- <b>&</b> -->', '&lt;!-- &lt;b&gt;&amp;&lt;/b&gt; --&gt;'],
    ['*bold* _it_ `code`', '\\*bold\\* \\_it\\_ \\`code\\`'],
    ['[x](y)', '\\[x\\](y)'],
    ['line\nbreak\r\n# not a heading', 'line\\\\u000Abreak\\\\u000D\\\\u000A#&#8203; not a heading'],
    ['\u202egpj.exe', '\\\\u202Egpj.exe'],
    ['@team', '@&#8203;team'],
    ['#12, GH-12', '#&#8203;12, GH-&#8203;12'],
    [':x:', ':&#8203;x:&#8203;'],
    ['- item', '\\- item'],
    ['https://evil.example www.evil.example', 'https:&#8203;//evil.example www&#8203;.evil.example'],
    ['1. first', '1&#8203;. first'],
    ['back\\slash', 'back\\\\slash'],
  ])('makes %j literal', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test('shows any text as it is, in a sentence and in a cell, and GitHub makes nothing of it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const around of [
          (inner: string) => `So: ${inner}.`,
          (inner: string) => markdownTable(['a', 'b'], [[inner, `x ${inner}.`]]),
        ]) {
          const html = githubHtml(around(escapeMarkdown(text)));
          const plain = githubHtml(around('plain'));
          expect(elementsOf(html).filter((element) => element !== 'span')).toEqual(elementsOf(plain));
          expect(readText(html)).toBe(readText(plain).replaceAll('plain', () => shown(text)));
          expect(triggersIn(html)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('codeMarkdown keeps a plain name in backticks and protects any other', () => {
  expect(codeMarkdown('fuel@v1.2.0')).toBe('`fuel@v1.2.0`');
  expect(codeMarkdown('@team')).toBe('<code>@&#8203;team</code>');
  expect(codeMarkdown('a`|b')).toBe('<code>a\\`&#124;b</code>');
});

test('oneLine folds the lines of a description', () => {
  expect(oneLine(' What it is\n  for.\r\n\r\nAnd not. \n')).toBe('What it is for. And not.');
});

test('markdownTable writes a table, and nothing without rows', () => {
  expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  expect(markdownTable(['a'], [])).toBe('');
});
