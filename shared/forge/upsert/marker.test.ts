import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMarker, parseMarker } from './marker.ts';

const marker = fc.record({
  pipeline: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('-', '>', '<', '!', '@', '\n', '\r', '\\', '"', 'u', '\u2028', '\ud800'),
    }),
  ),
  kind: fc.string(),
});

test('any pipeline and kind come back, in front of any text', () => {
  fc.assert(
    fc.property(marker, fc.string(), (value, text) => {
      expect(parseMarker(`${formatMarker(value)}\n${text}`)).toEqual(value);
      expect(parseMarker(`${formatMarker(value)}\r\n${text}`)).toEqual(value);
      expect(parseMarker(formatMarker(value))).toEqual(value);
    }),
  );
});

test('nothing in a name ends the comment, begins a tag or mentions somebody', () => {
  fc.assert(
    fc.property(marker, (value) => {
      const inside = formatMarker(value).slice('<!--'.length, -'-->'.length);
      expect(inside).not.toMatch(/--|[<>@#\n\r]/);
    }),
  );
  expect(formatMarker({ pipeline: 'a --> @b', kind: 'evaluation' })).toBe(
    '<!-- ciclo: {"pipeline":"a \\u002d\\u002d\\u003e \\u0040b","kind":"evaluation"} -->',
  );
});

test.each([
  ['quoted by somebody else', `> ${formatMarker({ pipeline: 'fuel', kind: 'evaluation' })}`],
  ['below other text', `hello\n${formatMarker({ pipeline: 'fuel', kind: 'evaluation' })}`],
  ['no JSON', '<!-- ciclo: {fuel} -->'],
  ['JSON of another shape', '<!-- ciclo: {"pipeline":["fuel"],"kind":"evaluation"} -->'],
  ['text after it on its line', '<!-- ciclo: {"pipeline":"fuel","kind":"evaluation"} --> hello'],
  ['an ordinary comment', 'LGTM'],
])('not a marker: %s', (_, body) => {
  expect(parseMarker(body)).toBeUndefined();
});
