import { describe, expect, test } from 'vitest';
import { escapeMarkdown, markdownTable } from './markdown.ts';

describe('escapeMarkdown', () => {
  test.each([
    ['plain text, 3.5 kg', 'plain text, 3.5 kg'],
    ['a|b', 'a\\|b'],
    ['<b>&</b>', '&#60;b&#62;&#38;&#60;/b&#62;'],
    ['*bold* _it_ `code`', '\\*bold\\* \\_it\\_ \\`code\\`'],
    ['[x](y)', '\\[x\\]\\(y\\)'],
    ['line\nbreak\r\n# not a heading', 'line break # not a heading'],
    ['@team', '@&#8203;team'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['https://evil.example www.evil.example', 'https\\://evil.example www\\.evil.example'],
    ['1. first', '1\\. first'],
    ['4.22.0', '4.22.0'],
    ['back\\slash', 'back\\\\slash'],
  ])('makes %j literal', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});

test('markdownTable writes a table, and nothing without rows', () => {
  expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  expect(markdownTable(['a'], [])).toBe('');
});
