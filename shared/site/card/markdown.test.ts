import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { escapeMarkdown, markdownTable } from '../../text/markdown.ts';
import { visibleText } from '../../text/visible-text.ts';
import { cardParts } from './markdown.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** What a reader sees: a no-break space is a space. */
function readOf(node: Node): string {
  return textOf(node).replaceAll('\u00a0', ' ');
}

/** A text of the user's as the card shows it: what cannot be seen written out. */
function visible(text: string): string {
  return visibleText(text).replaceAll('\n', '\\u000A').replaceAll('\t', '\\u0009').replaceAll('\u00a0', ' ');
}

function elementsOf(node: Node): string[] {
  return 'childNodes' in node ? [node.nodeName, ...node.childNodes.flatMap(elementsOf)] : [];
}

function bodyOf(markdown: string): Node[] {
  return cardParts(markdown).flatMap(({ body }) =>
    body.flatMap((part) => parseFragment(String(part)).childNodes),
  );
}

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'<>&"\'`*_|\\#-![]()&;$@:\n123 a'), maxLength: 30 }),
);

describe('a card’s Markdown', () => {
  test('shows any text of the user’s as it is, in paragraphs, lists and tables, and nothing of it is markup', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visible(text);
        const literal = escapeMarkdown(text);
        for (const [node, elements] of [
          [bodyOf(`## T\n\nSo: ${literal}.`)[0], ['p']],
          [bodyOf(`## T\n\n- So: ${literal}.\n- b`)[0], ['ul', 'li', 'li']],
        ] as const) {
          expect(elementsOf(node!).filter((name) => name !== 'wbr')).toEqual(elements);
          expect(readOf(node!)).toContain(`So: ${shown}.`);
        }
        const [table] = bodyOf(`## T\n\n${markdownTable(['A', 'B'], [['x', `So: ${literal}.`]])}`);
        expect(readOf(table!)).toContain(`So: ${shown}.`);
        expect(elementsOf(table!).filter((name) => name === 'td').length).toBe(1);
      }),
    );
  });

  test('has a table of sentences as a list on a phone, and one of three short columns as a table', () => {
    const boxOf = (why: string): string =>
      String(
        cardParts(
          `## T\n\n${markdownTable(['Required', 'Outcome', 'Why'], [['rmse at most 5', 'pass', why]])}`,
        )[0]!.body[0],
      );
    expect(boxOf('No part of the interval lies above the bound, and the rows are many.')).toContain(
      'table-box stack-late',
    );
    expect(boxOf('No part of it is above.')).not.toContain('stack');
  });

  test('has its parts under their headings, bold and code as such', () => {
    const parts = cardParts(
      '# Model card: x\n\nPredicts **mpg**.\n\n## How to use it\n\nRun `ciclo <predict>`.\n',
    );
    expect(parts.map(({ title }) => title)).toEqual(['', 'How to use it']);
    expect(String(parts[0]!.body[0])).toBe('<p>Predicts <b>mpg</b>.</p>');
    expect(String(parts[1]!.body[0])).toBe('<p>Run <code>ciclo &lt;predict&gt;</code>.</p>');
  });

  test('shows HTML as text', () => {
    expect(String(cardParts('## T\n\n<script>alert(1)</script>')[0]!.body[0])).not.toContain('<script');
  });
});
