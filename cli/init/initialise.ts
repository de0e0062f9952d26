import path from 'node:path';
import type { ValidateOutputs } from '../../actions/validate/validate.ts';
import { validate } from '../../actions/validate/validate.ts';
import { configText } from '../../shared/init/config-text.ts';
import type { Proposal } from '../../shared/init/proposal.ts';
import type { ProposedGate } from '../../shared/init/proposed-gates.ts';
import { secretsOf } from '../../shared/init/source-secrets.ts';
import type { WorkflowFile } from '../../shared/init/workflow-texts.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { InitJson } from '../json/json-init.ts';
import { validateJson } from '../json/json-results.ts';
import { type Checkout, checkoutOf } from '../session/checkout.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import type { PipelineInputs, Session } from '../session/session.ts';
import { addGates, type Declared, declarePipeline, lockPipeline, textOf } from './declared-pipeline.ts';
import { fileLines, nextLines } from './file-lines.ts';
import type { InitFlags } from './init-flags.ts';
import { type NextSteps, nextSteps } from './next-steps.ts';
import { type Proposed, proposed } from './proposing.ts';
import { askWorkflows, type Questions, terminalQuestions } from './questions.ts';
import { placeOf, type RepositoryFiles, writeRepositoryFiles } from './repository-files.ts';
import type { WrittenFile } from './written-files.ts';

/** What `ciclo init` was asked for. */
export interface Wish {
  readonly data: string | undefined;
  readonly flags: InitFlags;
  /** Prepares, trains and validates, and shows it. */
  readonly run: (
    inputs: PipelineInputs,
    champion: undefined,
    session: Session,
  ) => Promise<{ readonly validation: ValidateOutputs }>;
}

/**
 * From data to a repository whose pull requests are judged. Run again it converges: what is there stays, what lacks is
 * written.
 */
export async function initialise(wish: Wish, session: Session): Promise<ExitCode> {
  const { data, flags } = wish;
  const directory = path.resolve(session.io.cwd);
  const checkout = await checkoutOf(directory);
  const file = session.path('ciclo.yml');
  const isThere = (await textOf(file)) !== undefined;
  const questions = !isThere && asksOn(flags, session) ? await terminalQuestions(session.io) : undefined;
  const found =
    isThere && data === undefined ? undefined : await proposed(data, flags, directory, session, questions);
  const place = placeOf(checkout, directory);
  const workflows = await workflowsOf(flags, found?.proposal, questions);
  if (flags.dryRun) return planned(found, { place, workflows, checkout }, session);
  if (!isThere && !questions && !flags.yes && !session.json) throw unasked(data);

  const shown = (name: string): string => path.posix.join(place.folder, name);
  const declared = await declarePipeline(file, shown('ciclo.yml'), found?.proposal);
  const locked = await lockPipeline(declared.pipeline, shown('ciclo.lock'), session.ports);
  const { config } = locked.pipeline.loaded;
  const others = await writeRepositoryFiles({
    ...place,
    name: locked.pipeline.name,
    secrets: secretsOf(config),
    workflows,
    owner: await ownerOf(flags, checkout, questions),
  });
  const first = await firstModel({ ...declared, pipeline: locked.pipeline }, found?.proposal, wish, session);
  const files = [first.declared.written, locked.written, ...others];
  const next = nextSteps({
    checkout,
    files: filesToAdd(files, place, directory, config.data.source),
    target: config.target,
    environment: config.deploy.environment,
    secrets: secretsOf(config),
    workflows,
  });
  session.terminal.print('', ...fileLines(files, session.terminal), '', ...nextLines(next, session.terminal));
  if (session.json) await session.emit(jsonOf({ found, files, next, ...first }));
  return exitCodes.done;
}

/** A question needs somebody who sees it and can answer. */
function asksOn({ yes, dryRun }: InitFlags, { json, io }: Session): boolean {
  return !yes && !dryRun && !json && io.stdin.isTTY === true && io.stderr.isTTY === true;
}

function unasked(data: string | undefined): ConfigurationError {
  return new ConfigurationError(
    `ciclo init asks before it writes, and this is no terminal. To take the proposal above as it is: ciclo init ${data ?? ''}${data === undefined ? '' : ' '}--yes; what should be otherwise is said by --target, --task, --key, --time, --group and --exclude`,
  );
}

/** The gate and the deployment always, the drift check where rows have a time, the others on request. */
async function workflowsOf(
  flags: InitFlags,
  proposal: Proposal | undefined,
  questions: Questions | undefined,
): Promise<WorkflowFile[]> {
  if (!flags.workflows) return [];
  const usual: WorkflowFile[] = [
    'model.yml',
    ...(proposal === undefined || proposal.time ? (['drift.yml'] as const) : []),
    ...(flags.pages ? (['pages.yml'] as const) : []),
    ...(flags.comment ? (['comment.yml'] as const) : []),
  ];
  return questions ? askWorkflows(questions, usual) : usual;
}

/** Who answers for the rules: who is named, else who is asked, else the owner of the repository on GitHub. */
async function ownerOf(
  { codeowner, workflows }: InitFlags,
  checkout: Checkout | undefined,
  questions: Questions | undefined,
): Promise<string | undefined> {
  if (codeowner !== undefined)
    return codeowner.startsWith('@') || codeowner.includes('@') ? codeowner : `@${codeowner}`;
  const owner = checkout?.gitHub?.split('/')[0];
  const usual = owner === undefined || !workflows ? '' : `@${owner}`;
  if (!questions) return usual === '' ? undefined : usual;
  const answer = await questions.text(
    'Who answers for changes of the rules (CODEOWNERS)? Empty: nobody',
    usual,
  );
  return answer === '' ? undefined : answer;
}

interface FirstModel {
  readonly declared: Declared;
  readonly gates: readonly ProposedGate[];
  readonly validation?: ValidateOutputs;
}

/** Trains a first model, takes gates from its evaluation, and judges it by them. */
async function firstModel(
  declared: Declared,
  proposal: Proposal | undefined,
  { flags, run }: Wish,
  session: Session,
): Promise<FirstModel> {
  if (!flags.run) return { declared, gates: [] };
  const { terminal } = session;
  const { validation } = await run({ pipeline: declared.pipeline }, undefined, session);
  const { declared: whole, gates, added } = await addGates(declared, proposal, validation.evaluation);
  if (!added) return { declared: whole, gates, validation };
  const judged = await validate({ pipeline: whole.pipeline }, session.ports);
  terminal.print('', ...gateLines(gates, judged, session));
  return { declared: whole, gates, validation: judged };
}

function gateLines(
  gates: readonly ProposedGate[],
  { evaluation }: ValidateOutputs,
  { terminal }: Session,
): string[] {
  const { style } = terminal;
  return [
    style.bold('Gates that this model passes, in ciclo.yml:'),
    ...gates.map(({ line, why }) => `  ${line}  ${style.dim(why)}`),
    ...(evaluation.verdict === 'pass' ? [] : [style.doubtful(`  ${evaluation.headline}`)]),
  ];
}

/** The files that are committed, from the folder that the command runs in: those of init, and the data that lies in it. */
function filesToAdd(
  files: readonly WrittenFile[],
  { root }: Pick<RepositoryFiles, 'root'>,
  directory: string,
  source: { readonly type: string; readonly path?: string | readonly string[] } | undefined,
): string[] {
  const own = files.map(({ file }) =>
    path.relative(directory, path.join(root, file)).split(path.sep).join('/'),
  );
  const data = source?.type === 'file' ? [source.path ?? []].flat() : [];
  const local = data
    .filter((name) => !name.includes('://'))
    .map((name) => name.replace(/\/?[^/]*[*?[{].*$/, '') || '.');
  return [...new Set([...own, ...local])];
}

async function planned(
  found: Proposed | undefined,
  {
    place,
    workflows,
    checkout,
  }: {
    place: ReturnType<typeof placeOf>;
    workflows: readonly WorkflowFile[];
    checkout: Checkout | undefined;
  },
  session: Session,
): Promise<ExitCode> {
  const names = ['ciclo.yml', 'ciclo.lock'].map((name) => path.posix.join(place.folder, name));
  const files = [...names, '.gitignore', ...workflows.map((name) => `.github/workflows/${name}`)];
  if (found) session.terminal.print(configText(found.proposal));
  session.terminal.print(`Nothing was written (--dry-run); ciclo init would write ${files.join(', ')}`);
  if (session.json) {
    const next = nextSteps({
      checkout,
      files,
      target: found?.proposal.target.value ?? '',
      environment: 'production',
      secrets: [],
      workflows,
    });
    await session.emit(
      jsonOf({ found, files: files.map((file) => ({ file, status: 'planned' as const })), next, gates: [] }),
    );
  }
  return exitCodes.done;
}

function jsonOf({
  found,
  files,
  gates,
  validation,
  next,
}: {
  readonly found: Proposed | undefined;
  readonly files: InitJson['files'] | readonly WrittenFile[];
  readonly gates: readonly ProposedGate[];
  readonly validation?: ValidateOutputs;
  readonly next: NextSteps;
}): InitJson {
  return {
    ...(found ? { proposal: proposalJson(found.proposal, gates) } : {}),
    files: files.map(({ differences, ...file }) => ({
      ...file,
      ...(differences ? { differences: [...differences] } : {}),
    })),
    ...(validation ? { evaluation: validateJson(validation.evaluation, validation) } : {}),
    next: { commands: [...next.commands], settings: [...next.settings] },
  };
}

function proposalJson(proposal: Proposal, gates: readonly ProposedGate[]): NonNullable<InitJson['proposal']> {
  const { name, task, target, positive, key, time, group, leftOut, notes } = proposal;
  return {
    name,
    task: task.value,
    target,
    ...(positive ? { positive } : {}),
    ...(key ? { key } : {}),
    ...(time ? { time } : {}),
    ...(group ? { group } : {}),
    leftOut: [...leftOut],
    notes: [...notes],
    text: configText(proposal, gates),
  };
}
