import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { driftCheck } from './drift-check.ts';
import { monitoredHouses } from './testing/houses-monitored.ts';

test('the report of a check links to the checks of its pipeline on the site, where its address is given', async () => {
  await using houses = await monitoredHouses();
  const pageOf = async (site: { readonly siteUrl?: string }) => {
    const inputs = { pipeline: await houses.folder.pipeline(), ...site };
    const { reportPath } = await driftCheck(inputs, { ...quietPorts(), forge: houses.forge });
    return await readFile(reportPath, 'utf8');
  };
  expect(await pageOf({ siteUrl: 'https://octocat.github.io/models' })).toContain(
    'href="https://octocat.github.io/models/houses/history.html"',
  );
  expect(await pageOf({})).not.toContain('history.html');
});
