import { describe, expect, test } from 'vitest';
import { droppable, fixedPart, footLine, framedPage, shrinking, unshortenedPart } from './frame.ts';
import { link, md } from './markdown.ts';

const foot = footLine(link('Run', 'https://github.com/octo/cars/actions/runs/1'), undefined, 'commit `1`');
const head = fixedPart('the head', () => md`### ✅`);
/** Three bytes, one UTF-16 unit, each. */
const signs = (count: number) => md`${'✅'.repeat(count)}`;

describe('the frame of a page in Markdown', () => {
  test('ends every page with its foot, in small type, pieces that are not there left out', () => {
    expect(
      framedPage([head, unshortenedPart('the rest', 1, () => md`rest`)], { room: { bytes: 1000 }, foot }),
    ).toBe(
      '### ✅\n\nrest\n\n<sub>[Run](https://github.com/octo/cars/actions/runs/1) · commit \\`1\\` · made by Ciclo</sub>\n',
    );
  });

  test('names what had no room before the foot, and where it can be read', () => {
    const parts = [
      head,
      unshortenedPart('the list', 1, () => signs(200)),
      unshortenedPart('the table', 2, () => signs(200)),
    ];
    const note = (page: string) => page.split('\n\n').at(-2);
    expect(note(framedPage(parts, { room: { bytes: 300 }, foot }))).toBe(
      '<sub>Left out for lack of room: the list, the table.</sub>',
    );
    expect(note(framedPage(parts, { room: { bytes: 300 }, foot, elsewhere: md`the **report**` }))).toBe(
      '<sub>Left out for lack of room: the list, the table; see the **report**.</sub>',
    );
  });

  test('counts bytes where GitHub counts bytes, and characters where it counts those', () => {
    const parts = [unshortenedPart('the signs', 1, () => signs(100))];
    const small = md`a`;
    // 100 signs, two line breaks, <sub>a</sub>, a line break: 115 units, of which the signs are three bytes each.
    expect(framedPage(parts, { room: { characters: 115 }, foot: small })).toContain('✅');
    expect(framedPage(parts, { room: { characters: 114 }, foot: small })).not.toContain('✅');
    expect(framedPage(parts, { room: { bytes: 315 }, foot: small })).toContain('✅');
    expect(framedPage(parts, { room: { bytes: 314 }, foot: small })).not.toContain('✅');
  });

  test('shortens a part before it drops it, and keeps one that may not be dropped at its shortest', () => {
    const list = shrinking('the list', 1, [100, 10, 2], signs);
    const within = (bytes: number, part = list) => framedPage([head, part], { room: { bytes }, foot: md`a` });
    expect(within(1000)).toContain('✅'.repeat(100));
    expect(within(60)).toBe(`### ✅\n\n${'✅'.repeat(10)}\n\n<sub>a</sub>\n`);
    expect(within(40)).toBe(`### ✅\n\n${'✅'.repeat(2)}\n\n<sub>a</sub>\n`);
    expect(() => within(29)).toThrow('its shortest form is 30 long');
    expect(within(100, droppable(shrinking('the list', 1, [100, 50], signs)))).toBe(
      '### ✅\n\n<sub>Left out for lack of room: the list.</sub>\n\n<sub>a</sub>\n',
    );
  });
});
