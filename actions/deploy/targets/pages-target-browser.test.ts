import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDeployScene } from '../../../shared/forge/testing/github-scene.ts';
import { silentLogger } from '../../../shared/platform/logger.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import { chromiumMissing, chromiumPath, SiteBrowser } from '../../../shared/site/testing/site-browser.ts';
import { housesOf, release } from '../testing/houses-production.ts';
import { collectPipelines } from './pages-target-site.ts';
import { askServer } from './server-process.ts';

async function filesOf(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => [path.relative(folder, file), await readFile(file)] as const),
    ),
  );
}

describe.skipIf(chromiumPath === undefined)(
  `a deployed site in a browser${chromiumPath ? '' : ` (${chromiumMissing})`}`,
  () => {
    test('answers what is typed and chosen as the deployed server answers it', async () => {
      await using scene = await openDeployScene();
      await using folder = await housesOf({ deploy: { targets: ['release', 'server', 'pages'] } });
      const { change, folders } = await release(folder, scene.forge, scene.mainCommit);
      expect(change).toBe('deployed');
      const [collected] = await collectPipelines({
        forge: scene.forge,
        logger: silentLogger,
      });
      const records = bundleReader(collected!.live.bundle)
        .smoke()
        .examples.map(({ record }) => record);
      const asked = await askServer(folders.server!, records);
      const answers = 'answers' in asked ? asked.answers : [];
      expect(answers).toHaveLength(records.length);

      await using browser = await SiteBrowser.start(await filesOf(folders.pages!));
      const { page, problems } = await browser.open('index.html');
      await page.getByRole('link', { name: 'houses' }).click();
      for (const [i, record] of records.entries()) {
        for (const name of ['year', 'size']) {
          await page.getByLabel(name, { exact: true }).fill(String(record[name]));
        }
        await page.getByLabel('district', { exact: true }).selectOption(String(record.district));
        const answer = answers[i]!;
        const shown = Number(await page.locator('.answer-value data').getAttribute('value'));
        expect('value' in answer && answer.value).toBeCloseTo(shown, 9);
      }
      // The same function is there for the console, and says what a record lacks.
      const both = JSON.stringify([records[0], { size: 3 }]);
      const said = String(await page.evaluate(`JSON.stringify(${both}.map(predictRecord))`));
      const [first, second] = JSON.parse(said) as [unknown, { problems: string[] }];
      expect(first).toEqual(answers[0]);
      expect(second.problems.join('\n')).toMatch(/district/);
      expect(problems).toEqual([]);
    });
  },
);
