import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDirect } from '../../../shared/model/predictor/model-bundle.ts';
import { messageOf } from '../../../shared/platform/errors.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import { smokeDifferences } from '../../../shared/release/bundle/smoke.ts';
import type { ReleasedVersion } from '../production.ts';
import { answersOfPage } from './page-answers.ts';

/** Milliseconds for the page's script to start and to answer, each. */
const patience = 20_000;

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
      answersOfPage(
        page,
        smoke.examples.map(({ record }) => record),
        limit,
      ),
    );
  } catch (error) {
    return [`${file} does not answer: ${messageOf(error)}`];
  }
}
