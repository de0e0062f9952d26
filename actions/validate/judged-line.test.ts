import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatJudgedLine, parseJudgedLine } from './judged-line.ts';

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);

test('the line that says which model was judged is read back from the end of any text', () => {
  fc.assert(
    fc.property(fc.record({ model: digest, data: digest, train: digest }), fc.string(), (judged, before) => {
      expect(parseJudgedLine(`${before}\n\n${formatJudgedLine(judged)}\n`)).toEqual(judged);
    }),
  );
});

test('a text without the line, or with something behind it, says nothing', () => {
  const zeros = `sha256:${'0'.repeat(64)}`;
  const line = formatJudgedLine({ model: zeros, data: zeros, train: zeros });
  for (const text of ['', '**pass**', `${line}\nmore`, line.replace('model', 'modal')]) {
    expect(parseJudgedLine(text)).toBeUndefined();
  }
});
