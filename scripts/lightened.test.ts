import { describe, expect, test } from 'vitest';
import { lightened } from './lightened.ts';

describe('a bundled file', () => {
  test('loses comments that document, and none of its words', () => {
    expect(lightened('/** Adds. */\nconst add = (a, b) => a + b;\n')).toBe(
      '\nconst add = (a, b) => a + b;\n',
    );
    const glued = 'const f = (a, b) => { if (a) return/** x */b; else/** y */b; return a +/** z */+ b; };';
    expect(lightened(glued)).toBe('const f = (a, b) => { if (a) return b; else b; return a + + b; };');
  });

  test('ends a statement where a comment of two lines did', () => {
    expect(lightened('function f() { return /** a\n b */ 1; }')).toBe('function f() { return \n 1; }');
  });

  test('keeps what only looks like a comment, or a source map', () => {
    const text = 'const a = "/** b */";\nconst c = `\n//# sourceMappingURL=d.map\n`;\n';
    expect(lightened(text)).toBe(text);
    expect(lightened('a();\n//# sourceMappingURL=a.js.map\nb();\n//# sourceMappingURL=b.js.map')).toBe(
      'a();\nb();\n',
    );
  });

  test('keeps each licence comment once', () => {
    const licence = '/** @license MIT, of somebody */';
    expect(lightened(`${licence}\na();\n${licence}\nb();\n`)).toBe(`${licence}\na();\n\nb();\n`);
  });
});
