import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import type { DeployOutputs } from '../../actions/deploy/deploy-outputs.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { Bump } from '../../shared/release/registry/version.ts';
import { byCount } from '../../shared/text/counts.ts';
import type { DeployJson } from '../json/json-versions.ts';
import type { ExitCode } from '../session/exit-codes.ts';
import { headCommit, requireLocalHost, uncommitted } from '../session/local-host.ts';
import { pathFrom } from '../session/paths.ts';
import {
  addCommonFlags,
  addExitCodeFlag,
  addPipelineFlags,
  foundCode,
  type Host,
  inSession,
  type PipelineFlags,
  type PipelineInputs,
  type Session,
} from '../session/session.ts';
import { block } from '../summaries/words.ts';
import { helpAfter } from './pipeline-help.ts';

interface DeployFlags extends PipelineFlags {
  readonly bump?: Bump;
  readonly rollbackTo?: string;
  readonly allowDirty?: boolean;
}

/** `ciclo deploy`: a judged model becomes a version. */
export function addDeploy(program: Command, host: Host): void {
  const command = program
    .command('deploy')
    .summary('make the judged model a version in production')
    .description(
      'Makes the model of the run directory a version, if validation let it pass: a git tag on the commit that is ' +
        'checked out, a release with its bundle, the bundle tried, and then the stage of the environment. The tags ' +
        'are those of GTO. Run again it makes nothing twice.',
    )
    .addOption(
      new Option('--bump <part>', 'raise this part of the version (default: by what changed)').choices([
        'major',
        'minor',
        'patch',
      ]),
    )
    .option('--rollback-to <version>', 'assign an older version instead: v1.2.0, or previous')
    .option(
      '--allow-dirty',
      'deploy although ciclo.yml or ciclo.lock is not committed as the model was made with',
    );
  addExitCodeFlag(addCommonFlags(addPipelineFlags(command)), 'the smoke test failed')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, .ciclo/model, .ciclo/evaluation, the tags of the git repository',
        writes: 'two git tags; .ciclo/forge: the release and its bundle, the deployment',
        more: [
          'The version is raised by what changed: major when callers must send other',
          'fields, minor when recipe or training changed, patch when only the data did.',
        ],
        examples: ['ciclo run && ciclo deploy', 'ciclo deploy --rollback-to previous', 'ciclo versions'],
        found: 'the smoke test failed',
      }),
    )
    .action((flags: DeployFlags) => inSession(host, flags, (session) => work(flags, session)));
}

async function work(flags: DeployFlags, session: Session): Promise<ExitCode> {
  const inputs = await session.pipeline(flags);
  const { forge, repository } = await requireLocalHost(inputs.pipeline.loaded.file);
  const ports = { ...session.ports, forge };
  const outputs = await (flags.rollbackTo === undefined
    ? deployHead(inputs, flags, repository, ports)
    : import('../../actions/deploy/rollback.ts').then(({ rollback }) =>
        rollback({ pipeline: inputs.pipeline, to: flags.rollbackTo! }, ports),
      ));
  session.terminal.print(...deploySummary(outputs, session));
  if (session.json) await session.emit(deployJson(outputs));
  return foundCode(outputs.change === 'failed', flags);
}

async function deployHead(
  inputs: PipelineInputs,
  { bump, allowDirty }: DeployFlags,
  repository: string,
  ports: Session['ports'] & { readonly forge: Awaited<ReturnType<typeof requireLocalHost>>['forge'] },
): Promise<DeployOutputs> {
  const commit = await headCommit(repository);
  const { loaded, lockFile } = inputs.pipeline;
  const changed = await uncommitted(repository, [loaded.file, lockFile]);
  if (changed.length > 0) {
    const what = `${changed.join(' and ')} ${byCount(changed.length, 'is', 'are')} not committed as the model was made with: the version's tag will be on a commit that does not give this model`;
    if (!allowDirty)
      throw new ConfigurationError(`${what}. Commit first, or deploy anyway with --allow-dirty`);
    ports.logger.warn(what);
  }
  const { deploy } = await import('../../actions/deploy/deploy.ts');
  return deploy({ ...inputs, commit, ...(bump ? { bump } : {}) }, ports);
}

function deploySummary(outputs: DeployOutputs, { terminal }: Session): string[] {
  const { tag, environment, change, reasons, replaced, releaseUrl, folders } = outputs;
  const { style } = terminal;
  const what = {
    deployed: `${style.good(tag)} is in ${environment}${replaced === undefined ? '' : ` in place of ${replaced}`}`,
    unchanged: `${tag} is in ${environment} already: nothing to do`,
    failed: `${style.bad('failed')} ${tag} is not in ${environment}: its smoke test found a difference`,
  }[change];
  return block('Deploy', terminal, [
    what,
    ...reasons,
    style.dim(placeOf(releaseUrl)),
    ...(folders.pages === undefined
      ? []
      : [style.dim(`the site: ${path.relative(process.cwd(), path.join(folders.pages, 'index.html'))}`)]),
  ]);
}

function deployJson({ reasons, ownBundle: _ownBundle, ...outputs }: DeployOutputs): DeployJson {
  return { ...outputs, reasons: [...reasons] };
}

/** A release's address; of the local forge its file. */
function placeOf(url: string): string {
  return url.startsWith('file:') ? pathFrom(process.cwd(), fileURLToPath(url)) : url;
}
