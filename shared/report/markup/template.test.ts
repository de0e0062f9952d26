import { describe, expect, test } from 'vitest';
import { type Markdown, md } from '../pull-request/markdown.ts';
import { html, type Markup } from './html.ts';

describe('templates of two languages', () => {
  test('take no text of the other language, neither by its type nor when they are filled', () => {
    // @ts-expect-error Markup is not a Piece.
    expect(() => md`${html`<b>bold</b>`}`).toThrow('cannot fill a hole of Markdown with HTML');
    // @ts-expect-error Markdown is not a Child.
    expect(() => html`${md`**bold**`}`).toThrow('cannot fill a hole of Markup with Markdown');
    // @ts-expect-error Nor within a list.
    expect(() => html`${[md`**bold**`]}`).toThrow('cannot fill a hole of Markup with Markdown');
  });

  test('are told apart by the compiler where no template is', () => {
    // @ts-expect-error Markup is not a Markdown.
    const markdown: Markdown = html`<b>bold</b>`;
    // @ts-expect-error Markdown is not a Markup.
    const markup: Markup = md`**bold**`;
    expect([markdown.language, markup.language]).toEqual(['HTML', 'Markdown']);
  });

  test('escape each in its own way, leave their own text as it is, and drop what is not there', () => {
    expect(html`<p>${'*a* <b>'}${html`<i>c</i>`}${undefined}${[1, false, 'd']}</p>`.toString()).toBe(
      '<p>*a* &lt;b&gt;<i>c</i>1d</p>',
    );
    expect(md`- ${'*a* <b>'}${md`**c**`}${undefined}${[1, false, 'd']}`.toString()).toBe(
      '- \\*a\\* &lt;b&gt;**c**1d',
    );
  });
});
