import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluationSchema } from '../metrics/evaluation/evaluation.ts';
import { type EvaluationReportInput, renderEvaluationReport } from './evaluation-report.ts';
import { attributeOf, elementsOf, readableText, structureOf, textOf } from './testing/page-structure.ts';
import { sampleRegression } from './testing/sample-evaluation.ts';
import { sampleInputs, withTexts } from './testing/sample-inputs.ts';
import { sampleSlice } from './testing/sample-parts.ts';

const inputs = Object.entries(sampleInputs());

describe('the samples', () => {
  test.each(inputs)('%s is a valid evaluation', (_name, { evaluation }) => {
    expect(evaluationSchema.safeParse(evaluation).error).toBeUndefined();
  });
});

describe.each(inputs)('the report of %s', (_name, input) => {
  test('says the verdict before anything else', async () => {
    const page = await renderEvaluationReport(input);
    const words = { pass: 'Pass', warn: 'Warning', fail: 'Fail' };
    const [first] = elementsOf(page).filter(({ tagName }) => tagName === 'h1');
    expect(first && textOf(first)).toBe(`Verdict: ${words[input.evaluation.verdict]}`);
    expect(readableText(page).indexOf('Verdict:')).toBeLessThan(150);
  });

  test('is the same bytes each time, also when drawn side by side', async () => {
    const pages = await Promise.all([1, 2, 3].map(() => renderEvaluationReport(input)));
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).not.toMatch(/\b(?:NaN|\[object|null)\b/);
  });

  test('is one small file that loads nothing and runs nothing', async () => {
    const page = await renderEvaluationReport(input);
    expect(Buffer.byteLength(page)).toBeLessThan(500_000);
    for (const element of elementsOf(page)) {
      expect(['script', 'iframe', 'object', 'embed', 'img', 'form', 'base', 'foreignobject']).not.toContain(
        element.tagName,
      );
      for (const { name, value } of element.attrs) {
        expect(name).not.toMatch(/^on|^style$|^src/);
        if (name.endsWith('href')) expect(value).toMatch(/^(#|data:,$)/);
      }
    }
  });

  test('allows its style sheet by digest and nothing else', async () => {
    const elements = elementsOf(await renderEvaluationReport(input));
    const [style, ...others] = elements.filter(({ tagName }) => tagName === 'style');
    expect(others).toEqual([]);
    const digest = createHash('sha256').update(textOf(style!)).digest('base64');
    const policy = elements.find(
      (element) => attributeOf(element, 'http-equiv') === 'Content-Security-Policy',
    );
    expect(attributeOf(policy!, 'content')).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(elements.indexOf(policy!)).toBeLessThan(elements.indexOf(style!));
  });

  test('names its tables, their headings and its charts', async () => {
    const elements = elementsOf(await renderEvaluationReport(input));
    const ids = elements.flatMap((element) => attributeOf(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of elements) {
      if (element.tagName === 'table') {
        expect(textOf(elementsIn(element).find(({ tagName }) => tagName === 'caption')!)).not.toBe('');
      }
      if (element.tagName === 'th') expect(attributeOf(element, 'scope')).toMatch(/^(row|col)$/);
      if (element.tagName === 'section') expect(ids).toContain(attributeOf(element, 'aria-labelledby'));
      if (element.tagName === 'svg' && attributeOf(element, 'aria-hidden') !== 'true') {
        expect(attributeOf(element, 'role')).toBe('img');
        expect(attributeOf(element, 'aria-label')?.length).toBeGreaterThan(20);
      }
      const href = attributeOf(element, 'href');
      if (href?.startsWith('#')) expect(ids).toContain(href.slice(1));
    }
  });
});

function elementsIn(element: ReturnType<typeof elementsOf>[number]): ReturnType<typeof elementsOf> {
  return element.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []));
}

describe('text from data', () => {
  const [, regression] = inputs.find(([name]) => name === 'regression')!;
  const [, binary] = inputs.find(([name]) => name === 'binary')!;

  /** Same lengths and equal texts stay equal, so only the characters differ. */
  async function structureWith(input: EvaluationReportInput, text: string): Promise<string[]> {
    return structureOf(await renderEvaluationReport(withTexts(input, (_path, original) => text + original)));
  }

  test.each([
    ['a regression', regression],
    ['a classifier', binary],
  ])('never becomes markup in the report of %s', async (_name, input) => {
    const plain = await structureWith(input, 'plain');
    const hostile = fc.oneof(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.stringMatching(
        /^[<>"'&/=! -]{1,12}(script|img onerror=|\/title|\/style|!--|svg onload=)[<>"'&/= -]{0,6}$/,
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        expect(await structureWith(input, text)).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  test('is shown as it is, and cut when it would fill the page', async () => {
    const page = await renderEvaluationReport({
      evaluation: sampleRegression({
        pipeline: '<script>alert(1)</script>',
        slices: [sampleSlice(['"><b>', 'x'.repeat(10_000)], 20, [1, 0.5, 2])],
      }),
    });
    expect(readableText(page)).toContain('Evaluation of <script>alert(1)</script>');
    expect(readableText(page)).toContain('By "><b>');
    expect(page).toContain(`${'x'.repeat(59)}…`);
    expect(page).not.toContain('x'.repeat(60));
  });
});
