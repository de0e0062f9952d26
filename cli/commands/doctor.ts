import type { Command } from 'commander';
import type { RepositorySettings } from '../../shared/forge/ports/repository-settings.ts';
import { secretsOf } from '../../shared/init/source-secrets.ts';
import { committedFindings, largeFileFindings } from '../doctor/committed-checks.ts';
import type { Finding } from '../doctor/finding.ts';
import { gitHubFindings } from '../doctor/github-checks.ts';
import { machineFindings } from '../doctor/machine-checks.ts';
import { hasCodeOwners, ownerFindings } from '../doctor/owner-checks.ts';
import { pipelineFindings } from '../doctor/pipeline-checks.ts';
import { repositoryFindings } from '../doctor/repository-checks.ts';
import { readWorkflows, scheduleFinding, workflowFindings } from '../doctor/workflow-checks.ts';
import type { DoctorJson } from '../json/json-doctor.ts';
import { checkoutOf } from '../session/checkout.ts';
import type { ExitCode } from '../session/exit-codes.ts';
import { configFolder } from '../session/paths.ts';
import {
  addCommonFlags,
  addExitCodeFlag,
  type CommonFlags,
  foundCode,
  type Host,
  inSession,
  type Session,
} from '../session/session.ts';
import { block, padTo } from '../summaries/words.ts';
import { helpAfter } from './pipeline-help.ts';

interface DoctorFlags extends CommonFlags {
  readonly config?: string;
  readonly exitCode?: boolean;
}

/** `ciclo doctor`: whether all that a pipeline needs around it is there. */
export function addDoctor(program: Command, host: Host): void {
  const command = program
    .command('doctor')
    .summary('check whether everything that a pipeline needs is there')
    .description(
      'Looks at Node, git, tags, remote, ciclo.yml, ciclo.lock, line ends of the data, CODEOWNERS, the workflows with their permissions, secrets and schedule, and ' +
        'says how to fix what is wrong. With a token in GITHUB_TOKEN or GH_TOKEN it asks GitHub, too: required ' +
        'checks, the protection of the environment, stopped workflows. It changes nothing.',
    )
    .option('-c, --config <file>', 'the configuration (default: ./ciclo.yml)');
  addExitCodeFlag(addCommonFlags(command), 'something is wrong that would stop a run')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, ciclo.lock, the data, git, workflows, settings on GitHub',
        writes: 'nothing',
        examples: [
          'ciclo doctor',
          'GH_TOKEN=$(gh auth token) ciclo doctor',
          'ciclo doctor --json --exit-code',
        ],
        found: 'something is wrong that would stop a run',
      }),
    )
    .action((flags: DoctorFlags) => inSession(host, flags, (session) => work(flags, session)));
}

async function work(flags: DoctorFlags, session: Session): Promise<ExitCode> {
  const findings = await examine(flags, session);
  session.terminal.print(...lines(findings, session));
  const status = worst(findings);
  if (session.json) await session.emit({ status, findings } satisfies DoctorJson);
  return foundCode(status === 'fail', flags);
}

async function examine({ config }: DoctorFlags, session: Session): Promise<Finding[]> {
  const { io, ports } = session;
  const folder = await configFolder(io.cwd, config);
  const machine = await machineFindings();
  if (machine.some(({ check, status }) => check === 'git' && status === 'fail')) return machine;
  const checkout = await checkoutOf(folder);
  const { pipeline, findings } = await pipelineFindings(io.cwd, config, ports);
  const secrets = pipeline ? secretsOf(pipeline.loaded.config) : [];
  const before = [
    ...machine,
    ...(await repositoryFindings(checkout, pipeline?.name)),
    ...findings,
    // Of a folder in no repository as well: the next thing is that its files are added to one.
    ...(pipeline ? await largeFileFindings(pipeline) : []),
  ];
  if (!checkout) return before;
  const { workflows, findings: unreadable } = await readWorkflows(checkout.root);
  const place = { folder: checkout.folder, secrets };
  return [
    ...before,
    ...(pipeline ? await committedFindings(checkout, pipeline) : []),
    ...unreadable,
    ...workflowFindings(workflows, place),
    ...(pipeline ? await ownerFindings(checkout, workflows) : []),
    ...(checkout.hasCommits ? await scheduleFinding(checkout, workflows, io.clock.now()) : []),
    ...(checkout.gitHub === undefined
      ? []
      : await gitHubFindings(await settingsOf(checkout.gitHub, session), {
          repository: checkout.gitHub,
          defaultBranch: checkout.defaultBranch,
          workflows,
          environment: pipeline?.loaded.config.deploy.environment ?? 'production',
          secrets,
          codeOwners: await hasCodeOwners(checkout.root),
        })),
  ];
}

/** The settings by GitHub's API; undefined without a token. */
async function settingsOf(
  repository: string,
  { io, ports }: Session,
): Promise<RepositorySettings | undefined> {
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL } = io.environment;
  const token = GITHUB_TOKEN || GH_TOKEN;
  if (!token) return undefined;
  const { createGitHubSettings } = await import('../../shared/forge/github/repository-settings.ts');
  const [owner = '', name = ''] = repository.split('/');
  return createGitHubSettings({
    token,
    repository: { owner, name },
    apiUrl: GITHUB_API_URL || 'https://api.github.com',
    logger: ports.logger,
    waits: { timeout: 10_000, retries: 0 },
  });
}

function worst(findings: readonly Finding[]): DoctorJson['status'] {
  const has = (wanted: Finding['status']): boolean => findings.some(({ status }) => status === wanted);
  return has('fail') ? 'fail' : has('warn') ? 'warn' : 'ok';
}

/** What is amiss first: it is what somebody came for. */
function lines(findings: readonly Finding[], { terminal }: Session): string[] {
  const { style } = terminal;
  const marks: Readonly<Record<Finding['status'], string>> = {
    ok: style.good('ok'),
    warn: style.doubtful('warning'),
    fail: style.bad('fails'),
    unknown: style.dim('unknown'),
  };
  const order = ['fail', 'warn', 'unknown', 'ok'] as const;
  return order.flatMap((wanted) =>
    findings
      .filter(({ status }) => status === wanted)
      .flatMap(({ check, status, message, mend }) =>
        block(padTo(marks[status], 9, 'left'), terminal, [
          `${style.bold(check)}: ${message}`,
          ...(mend === undefined ? [] : [`→ ${mend}`]),
        ]),
      ),
  );
}
