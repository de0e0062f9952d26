import { readFile } from 'node:fs/promises';
import path from 'node:path';
import vm from 'node:vm';
import { isDirect } from '../../../shared/model/predictor/model-bundle.ts';
import { messageOf } from '../../../shared/platform/errors.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import { type SmokeExample, smokeDifferences } from '../../../shared/release/bundle/smoke.ts';
import { dataElement } from '../../../shared/site/data.ts';
import type { ReleasedVersion } from '../production.ts';

/** Milliseconds for the page's script to start and to answer, each. */
const patience = 20_000;

const elements = new RegExp(
  `<script type="application/json" id="${dataElement}">([^<]*)</script>\\s*<script>([\\s\\S]*?)</script>`,
);

/**
 * Lets the written page answer the examples of the version's bundle: its own data and its own script, run as a browser
 * runs it, without the form.
 *
 * @param folder the site. @param limit milliseconds for the page's script to start, and again to answer.
 * @returns what differs from the stored predictions; empty when nothing does.
 */
export async function smokeTestSite(
  folder: string,
  { bundle }: Pick<ReleasedVersion, 'bundle'>,
  { limit = patience }: { readonly limit?: number } = {},
): Promise<readonly string[]> {
  const file = `${bundle.manifest.name}/index.html`;
  const reader = bundleReader(bundle);
  const smoke = reader.smoke();
  try {
    const page = await readFile(path.join(folder, file), 'utf8');
    // A model that no browser runs has a page without a script: its server is what answers.
    if (!isDirect(reader.model())) return [];
    return smokeDifferences(
      smoke,
      answersOf(
        page,
        smoke.examples.map(({ record }) => record),
        limit,
      ),
    );
  } catch (error) {
    return [`${file} does not answer: ${messageOf(error)}`];
  }
}

/**
 * What a prediction page says of records.
 *
 * @param page its text.
 * @throws Error when the page has no script, or the script fails.
 */
function answersOf(
  page: string,
  records: readonly SmokeExample['record'][],
  timeout: number,
): SmokeExample['prediction'][] {
  const [, data, script] = elements.exec(page) ?? [];
  if (data === undefined || script === undefined) throw new Error('the page has no model or no script');
  const context = vm.createContext({
    document: {
      getElementById: (id: string) => (id === dataElement ? { textContent: data } : null),
    },
    ...{ atob, TextDecoder, TextEncoder },
    records: JSON.stringify(records),
  });
  vm.runInContext(script, context, { timeout, filename: 'index.html' });
  const answers: unknown = vm.runInContext(
    'JSON.stringify(JSON.parse(records).map(predictRecord))',
    context,
    { timeout },
  );
  return JSON.parse(String(answers)) as SmokeExample['prediction'][];
}
