import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderSitePage } from '../../site/frame.ts';
import { attributeOf, elementsOf, textOf } from '../testing/page-structure.ts';
import { html } from './html.ts';
import { renderPage } from './page.ts';

const content = { title: 'A <b>', description: 'of "it"', body: html`<p>text</p>` };
const script = { data: html`<script type="application/json" id="data">{}</script>`, code: 'start()' };

/** The directives of a page's content security policy, by name. */
function policyOf(page: string): Record<string, string> {
  const policy = elementsOf(page).find(
    (element) => attributeOf(element, 'http-equiv') === 'Content-Security-Policy',
  );
  const directives = attributeOf(policy!, 'content')!.split('; ');
  return Object.fromEntries(directives.map((directive) => directive.split(/ (.*)/) as [string, string]));
}

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('a page', () => {
  test('without a script allows none', () => {
    expect(policyOf(renderPage({ ...content, style: 'p{color:red}' }))).toEqual({
      'default-src': "'none'",
      'style-src': digest('p{color:red}'),
      'img-src': 'data:',
      'base-uri': "'none'",
      'form-action': "'none'",
    });
  });

  test('with a script allows that one by its digest, after the body and the data that it reads', () => {
    const page = renderPage({ ...content, style: '', script });
    expect(policyOf(page)['script-src']).toBe(digest('start()'));
    const [, data, code] = elementsOf(page).filter(({ tagName }) => tagName === 'p' || tagName === 'script');
    expect(attributeOf(data!, 'id')).toBe('data');
    expect(textOf(code!)).toBe('start()');
  });

  test('of the site keeps its script from making markup or code of a text, and has the same frame', () => {
    const page = renderSitePage({ ...content, script });
    expect(policyOf(page)).toMatchObject({
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
      'script-src': digest('start()'),
    });
    const [style] = elementsOf(page).filter(({ tagName }) => tagName === 'style');
    const outside = (html: string) => html.replace(/<meta http-equiv[^>]*>|<style>.*?<\/style>/gs, '');
    expect(policyOf(page)['style-src']).toBe(digest(textOf(style!)));
    expect(outside(page)).toBe(outside(renderPage({ ...content, style: '', script })));
  });

  test('takes title and description as text', () => {
    const page = renderPage({ ...content, style: '' });
    const [title] = elementsOf(page).filter(({ tagName }) => tagName === 'title');
    const description = elementsOf(page).find((element) => attributeOf(element, 'name') === 'description');
    expect(textOf(title!)).toBe('A <b>');
    expect(attributeOf(description!, 'content')).toBe('of "it"');
  });
});
