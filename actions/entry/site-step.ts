import path from 'node:path';
import { md } from '../../shared/report/pull-request/markdown.ts';
import { writeSite } from '../deploy/targets/pages-target-folder.ts';
import type { StepInputs } from './inputs.ts';
import { requiredToken, type StepHost, type StepResult } from './step.ts';

/** The action `site`: the pages of all pipelines, from their releases. */
export async function siteStep(inputs: StepInputs<'site'>, host: StepHost): Promise<StepResult> {
  const forge = await host.forge(requiredToken(inputs['github-token'], 'reading the releases'));
  const { logger } = host.ports;
  const folder = path.resolve(host.context.workspace, inputs.folder);
  const { pipelines, differences, large } = await writeSite({ folder }, { forge, logger });
  const shown = pipelines.map(({ name, version }) => `${name} ${version}`).join(', ');
  logger.info(`the site has ${shown}`);
  for (const advice of large) logger.warn(advice);
  const notes = large.map((advice) => `\n${md`${advice}`}\n`).join('');
  await host.summarise(`${md`### 🌐 The site has ${shown}`}\n${notes}`);
  return {
    outputs: { folder, pipelines: shown },
    ...(differences.length === 0
      ? {}
      : { failed: `the site does not answer as it should:\n${differences.slice(0, 5).join('\n')}` }),
  };
}
