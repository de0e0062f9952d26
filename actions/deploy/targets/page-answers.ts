import vm from 'node:vm';
import type { SmokeExample } from '../../../shared/release/bundle/smoke.ts';
import { formElement, modelElement } from '../../../shared/site/data.ts';

const script = /<script>([\s\S]*?)<\/script>/;
const data = /<script type="application\/json" id="([^"]*)">([^<]*)<\/script>/g;

/**
 * What a prediction page says of records: its own data and its own script, run as a browser runs it, without the form.
 *
 * @param page its text. @param timeout milliseconds for the script to start, and again to answer.
 * @throws Error when the page has no model or no script, or the script fails.
 */
export function answersOfPage(
  page: string,
  records: readonly SmokeExample['record'][],
  timeout: number,
): SmokeExample['prediction'][] {
  const code = script.exec(page)?.[1];
  const elements = new Map(Array.from(page.matchAll(data), ([, id, textContent]) => [id, { textContent }]));
  if (code === undefined || !elements.has(formElement) || !elements.has(modelElement)) {
    throw new Error('the page has no model or no script');
  }
  const context = vm.createContext({
    document: { readyState: 'complete', getElementById: (id: string) => elements.get(id) ?? null },
    ...{ atob, TextDecoder, TextEncoder },
    records: JSON.stringify(records),
  });
  vm.runInContext(code, context, { timeout, filename: 'index.html' });
  const answers: unknown = vm.runInContext(
    'JSON.stringify(JSON.parse(records).map(predictRecord))',
    context,
    { timeout },
  );
  return JSON.parse(String(answers)) as SmokeExample['prediction'][];
}
