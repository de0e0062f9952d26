import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { visibleText } from '../../text/visible-text.ts';
import { dataText, html } from './html.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('<', '>', '&', '"', "'", '/', '=', '!', '-', 'a', ' ', '\u202e', '\ud800'),
  }),
);

describe('html', () => {
  test('lets text from data be nothing but text, between tags and in attributes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [element, ...others] = parseFragment(
          html`<p title="${text}">${text}</p>`.toString(),
        ).childNodes;
        expect(others).toEqual([]);
        expect(element).toMatchObject({ nodeName: 'p', attrs: [{ name: 'title' }] });
        const children = element && 'childNodes' in element ? element.childNodes : [];
        expect(children.every((child) => child.nodeName === '#text')).toBe(true);
      }),
    );
  });

  test('shows the text itself, with what cannot be seen written out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 59 }), (text) => {
        const [element] = parseFragment(html`<p>${text}</p>`.toString()).childNodes;
        const child = element && 'childNodes' in element ? element.childNodes[0] : undefined;
        expect(child && 'value' in child ? child.value : '').toBe(visibleText(text));
      }),
    );
  });

  test('leaves markup alone, joins lists and drops what is not there', () => {
    expect(
      html`<ul>${['a', 'b'].map((x) => html`<li>${x}</li>`)}${undefined}${false}${0}</ul>`.toString(),
    ).toBe('<ul><li>a</li><li>b</li>0</ul>');
  });

  test('cuts a name of 10,000 characters and says that something is missing', () => {
    expect(dataText('x'.repeat(10_000)).toString()).toBe(`<bdi>${'x'.repeat(59)}…</bdi>`);
    expect(dataText('').toString()).toBe('<bdi>(empty)</bdi>');
    expect(html`${'y'.repeat(10_000)}`.toString()).toHaveLength(600);
  });
});
