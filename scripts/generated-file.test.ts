import { describe, expect, it } from 'vitest';
import { replaceBetween } from './generated-file.ts';

const begin = '<!-- table:begin (made) -->';
const end = '<!-- table:end -->';

describe('replaceBetween', () => {
  it('replaces what stands between the markers and gives the same when run again', () => {
    const once = replaceBetween(`a\n${begin}\nold\n${end}\nb\n`, 'table', '| new |');
    expect(once).toBe(`a\n${begin}\n\n| new |\n${end}\nb\n`);
    expect(replaceBetween(once, 'table', '| new |')).toBe(once);
  });

  it('says which markers are missing', () => {
    expect(() => replaceBetween('a', 'table', 'x')).toThrow(
      'the markers "table:begin" and "table:end" are missing',
    );
  });
});
