import { writeFile } from 'node:fs/promises';
import { ciclo } from '../../../tests/e2e/support/ciclo-process.ts';
import { housesConfig } from '../../testing/houses.ts';
import { filesOf } from '../../testing/leaks.ts';
import { pipelineFolder } from '../../testing/pipeline-folder.ts';
import { startJob } from './job.ts';

type Variables = Readonly<Record<string, string>>;

/** A source of houses, and variables that it is read by. */
export interface SecretScene {
  /** `data.source` of ciclo.yml. */
  readonly source: object;
  readonly right: Variables;
  /** That are refused. */
  readonly wrong: Variables;
  /** Of every process, and no secret. */
  readonly environment?: Variables;
}

/** What is shown of a source to persons and machines, by where it stands. */
export interface SceneShown {
  readonly shown: Map<string, string | Uint8Array>;
  /** What jobs and commands say that are refused. */
  readonly refusals: readonly string[];
  readonly comment: string;
}

/**
 * Prepares, trains and judges by the rows of a source, in a job of a pull request and on the command line, once with the right
 * variables and once with wrong ones.
 */
export async function showEverything({
  source,
  right,
  wrong,
  environment = {},
}: SecretScene): Promise<SceneShown> {
  const shown = new Map<string, string | Uint8Array>();
  const refusals: string[] = [];
  const config = housesConfig({ data: { source, key: 'id' } });

  await using job = await startJob();
  await writeFile(job.checkout.config, config);
  const step = async (name: string, variables: Variables): Promise<string> => {
    // Those of prepare are given as its input, which masks them.
    const inputs = name === 'prepare' ? { 'source-env': JSON.stringify(variables) } : {};
    const { log, outputs, summary } = await job.run(name, inputs, { environment });
    const seen = [log.replaceAll(/^::add-mask::.*$/gm, ''), JSON.stringify(outputs), summary].join('\n');
    shown.set(`job: ${name} ${shown.size}`, seen);
    return seen;
  };
  refusals.push(await step('prepare', wrong));
  for (const name of ['prepare', 'train', 'validate']) await step(name, right);
  const { comments, checkRuns } = job.repository;
  const comment = [...comments.values()].map(({ body }) => body).join('\n');
  shown.set('comment', comment).set('checks', JSON.stringify([...checkRuns.values()]));
  for (const [name, bytes] of await filesOf(job.checkout.path)) shown.set(`file of the job: ${name}`, bytes);

  await using folder = await pipelineFolder(config);
  const command = async (variables: Variables, ...argv: string[]): Promise<string> => {
    const { stdout, stderr } = await ciclo(argv, {
      cwd: folder.path,
      environment: { ...environment, ...variables },
    });
    shown.set(`ciclo ${argv.join(' ')} ${shown.size}`, `${stdout}\n${stderr}`);
    return `${stdout}\n${stderr}`;
  };
  refusals.push(await command(wrong, 'lock', '--verbose'), await command(wrong, 'run', '--json'));
  await command(right, 'lock', '--json');
  await command(right, 'run', '--verbose');
  for (const [name, bytes] of await filesOf(folder.path)) shown.set(`file: ${name}`, bytes);
  return { shown, refusals, comment };
}
