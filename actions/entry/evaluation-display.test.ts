import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { judgeHouses, trainedHouses } from '../testing/houses.ts';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { showEvaluation } from './evaluation-display.ts';
import { parseRunContext } from './run-context.ts';
import type { StepHost } from './step.ts';

test('an evaluation is shown from what validate has read, whatever became of the files', async () => {
  await using folder = await trainedHouses();
  await using other = await trainedHouses({ prepare: {} });
  const pipeline = await folder.pipeline();
  const outputs = await judgeHouses(folder, other);
  const runDirectory = path.join(folder.path, '.ciclo');
  await rm(folder.config);
  await rm(runDirectory, { recursive: true });
  await rm(path.join(other.path, '.ciclo'), { recursive: true });
  const environment = {
    ...{ GITHUB_REPOSITORY: 'acme/houses', GITHUB_EVENT_NAME: 'push', GITHUB_SHA: 'a'.repeat(40) },
    ...{ GITHUB_RUN_ID: '1', GITHUB_WORKSPACE: folder.path },
  };
  const context = parseRunContext(environment, {});
  const pages: string[] = [];
  const host: Pick<StepHost, 'context' | 'ports' | 'summarise'> = {
    context,
    ports: quietPorts(),
    summarise: async (page) => {
      pages.push(page);
    },
  };
  const inputs = { comment: true, check: true };
  expect(await showEvaluation({ inputs, place: { pipeline, runDirectory }, outputs }, host)).toEqual({});
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain(outputs.judged.model.manifest.digest.slice(0, 15));
  // Of the champion, too: what changed in the data is found from its profile.
  expect(pages[0]).toContain('dear');
});
