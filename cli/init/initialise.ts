import path from 'node:path';
import { loadPipeline } from '../../actions/pipeline/pipeline.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { configText } from '../../shared/init/config-text.ts';
import { secretsOf } from '../../shared/init/source-secrets.ts';
import type { WorkflowFile } from '../../shared/init/workflow-texts.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { warningOnce } from '../../shared/platform/logger.ts';
import { type Checkout, checkoutOf } from '../session/checkout.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import type { Session } from '../session/session.ts';
import { askWorkflows } from './asked-choices.ts';
import { declarePipeline, lockPipeline, textOf } from './declared-pipeline.ts';
import { fileLines, nextLines } from './file-lines.ts';
import { dataToAdd, filesToAdd, localPaths } from './files-to-add.ts';
import { firstModel } from './first-model.ts';
import type { InitFlags } from './init-flags.ts';
import { initJson } from './init-json.ts';
import { nextSteps } from './next-steps.ts';
import { type Proposed, proposed } from './proposing.ts';
import { type Questions, terminalQuestions } from './questions.ts';
import { placeOf, writeRepositoryFiles } from './repository-files.ts';
import { warnOfUnused } from './unused-flags.ts';

/** What `ciclo init` was asked for. */
interface Wish {
  readonly data: string | undefined;
  readonly flags: InitFlags;
}

/**
 * From data to a repository whose pull requests are judged. Run again it converges: what is there stays, what lacks is
 * written.
 */
export async function initialise({ data, flags }: Wish, given: Session): Promise<ExitCode> {
  const told = { ...given, ports: { ...given.ports, logger: warningOnce(given.ports.logger) } };
  const session = withDatabase(told, data);
  const directory = path.resolve(session.io.cwd);
  const checkout = await checkoutOf(directory);
  const file = session.path('ciclo.yml');
  const existing = (await textOf(file)) === undefined ? undefined : await loadPipeline(file);
  const isThere = existing !== undefined;
  const questions = !isThere && asksOn(flags, session) ? await terminalQuestions(session.io) : undefined;
  const found =
    isThere && data === undefined ? undefined : await proposed(data, flags, directory, session, questions);
  if (isThere && found === undefined) warnOfUnused(flags, session);
  const place = placeOf(checkout, directory);
  const hasTime = existing ? hasTimes(existing.loaded.config) : found?.proposal.time !== undefined;
  const workflows = await workflowsOf(flags, hasTime, questions);
  const owner = await ownerOf(flags, checkout, questions);
  if (questions && flags.run) session.terminal.print('');
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
    data: localPaths(config.data.source),
    workflows,
    owner,
  });
  const whole = { ...declared, pipeline: locked.pipeline };
  const first = flags.run
    ? await firstModel(whole, found?.proposal, session).catch((error: unknown) => {
        // Without a model there is still what has been written, and it stays.
        const written = [whole.written, locked.written, ...others];
        session.terminal.print('', ...fileLines(written, session.terminal), '');
        throw error;
      })
    : undefined;
  const files = [(first?.declared ?? whole).written, locked.written, ...others];
  const local = await dataToAdd(config.data.source, directory, session.ports.logger);
  const next = nextSteps({
    checkout,
    files: filesToAdd(files, place, directory, local),
    data: local,
    target: config.target,
    environment: config.deploy.environment,
    secrets: secretsOf(config),
    workflows,
    owner,
  });
  session.terminal.print('', ...fileLines(files, session.terminal), '', ...nextLines(next, session.terminal));
  if (session.json)
    await session.emit(
      initJson({
        found,
        files,
        next,
        gates: first?.gates ?? [],
        ...(first ? { validation: first.validation } : {}),
      }),
    );
  return exitCodes.done;
}

/** The address of a database, where it was given in place of the variable; it is never written anywhere. */
function withDatabase(session: Session, data: string | undefined): Session {
  if (data === undefined || !/^postgres(?:ql)?:\/\//.test(data)) return session;
  const environment = { ...session.ports.environment, CICLO_POSTGRES_URL: data };
  return { ...session, ports: { ...session.ports, environment } };
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

/** Whether it can be told which rows are new. */
function hasTimes({ data, monitor }: Config): boolean {
  return data.time !== undefined || monitor.source !== undefined;
}

/** The gate and the deployment always, the drift check where rows have a time, the others on request. */
async function workflowsOf(
  flags: InitFlags,
  hasTime: boolean,
  questions: Questions | undefined,
): Promise<WorkflowFile[]> {
  if (!flags.workflows) return [];
  const usual: WorkflowFile[] = [
    'model.yml',
    ...(hasTime ? (['drift.yml'] as const) : []),
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
      data: [],
      target: found?.proposal.target.value ?? '',
      environment: 'production',
      secrets: [],
      workflows,
      owner: undefined,
    });
    await session.emit(
      initJson({
        found,
        files: files.map((file) => ({ file, status: 'planned' as const })),
        next,
        gates: [],
      }),
    );
  }
  return exitCodes.done;
}
