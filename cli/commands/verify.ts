import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { VerifyOutputs, VerifyPorts } from '../../actions/deploy/verify.ts';
import { outOfFoldFile } from '../../shared/model/out-of-fold/out-of-fold.ts';
import { ownTemporaryFolder } from '../../shared/platform/own-temporary.ts';
import type { VerifyJson } from '../json/json-versions.ts';
import { checkAttestation } from '../session/attestation.ts';
import { bundleFile } from '../session/bundle-file.ts';
import type { ExitCode } from '../session/exit-codes.ts';
import { git } from '../session/git.ts';
import { requireLocalHost } from '../session/local-host.ts';
import {
  addCommonFlags,
  addExitCodeFlag,
  type CommonFlags,
  foundCode,
  type Host,
  inSession,
  openPipeline,
  type Session,
} from '../session/session.ts';
import { block } from '../summaries/words.ts';
import { helpAfter } from './pipeline-help.ts';

interface VerifyFlags extends CommonFlags {
  readonly config?: string;
  readonly bundle?: string;
  readonly exitCode?: boolean;
}

/** `ciclo verify`: is a version what it says it is? */
export function addVerify(program: Command, host: Host): void {
  const command = program
    .command('verify')
    .summary('check a version by training it again')
    .description(
      'Checks the bundle of a released version by its tag, checks its commit out elsewhere, prepares, trains and ' +
        'judges again, compares every file of the bundle byte by byte, and asks gh for its attestation.',
    )
    .argument('<version>', 'v1.2.0, or fuel@v1.2.0')
    .option('-c, --config <file>', 'the configuration (default: ./ciclo.yml)')
    .option('--bundle <file>', 'the bundle as a file, where the release is not within reach');
  addExitCodeFlag(addCommonFlags(command), 'the bytes differ')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, the git repository, .ciclo/forge',
        writes: 'nothing that stays',
        examples: [
          'ciclo verify v1.2.0',
          'ciclo verify fuel@v1.2.0 --exit-code',
          'ciclo verify v1.2.0 --bundle fuel-v1.2.0.zip',
        ],
        found: 'the bytes differ',
      }),
    )
    .action((version: string, flags: VerifyFlags) =>
      inSession(host, flags, (session) => work(version, flags, session)),
    );
}

async function work(version: string, flags: VerifyFlags, session: Session): Promise<ExitCode> {
  const pipeline = await openPipeline(session.io.cwd, flags.config);
  const { file } = pipeline.loaded;
  const { forge, repository } = await requireLocalHost(file);
  const { verify } = await import('../../actions/deploy/verify.ts');
  const within = path.relative(repository, path.resolve(file));
  const checkout = (commit: string) => checkedOut(repository, commit, within);
  const attestation: VerifyPorts['attestation'] = (archive) => checkAttestation(repository, archive);
  const bundle =
    flags.bundle === undefined ? undefined : await bundleFile(session.path(flags.bundle), '--bundle');
  const outputs = await verify(
    { pipeline, version, ...(bundle ? { bundle } : {}) },
    { ...session.ports, forge, checkout, attestation },
  );
  session.terminal.print(...verifyLines(outputs, session));
  if (session.json) {
    const result: VerifyJson = {
      ...outputs,
      files: [...outputs.files],
      unchecked: [...outputs.unchecked],
    };
    await session.emit(result);
  }
  return foundCode(!outputs.same, flags);
}

/** A worktree of the commit in a temporary folder. */
async function checkedOut(
  repository: string,
  commit: string,
  config: string,
): Promise<{ readonly config: string } & AsyncDisposable> {
  const parent = await ownTemporaryFolder('verify');
  // The pipeline's name may be that of its folder.
  const folder = path.join(parent, path.basename(repository));
  await git(repository, ['worktree', 'prune'], 'clearing what a verification that died has left');
  await git(repository, ['worktree', 'add', '--quiet', '--detach', folder, commit], `checking out ${commit}`);
  return {
    config: path.join(folder, config),
    async [Symbol.asyncDispose]() {
      await git(repository, ['worktree', 'remove', '--force', folder], `removing the checkout of ${commit}`);
      await rm(parent, { recursive: true, force: true });
    },
  };
}

function verifyLines(outputs: VerifyOutputs, { terminal }: Session): string[] {
  const { tag, commit, bundle, bound, files, attestation, unchecked, repeats, same } = outputs;
  const { style } = terminal;
  const named = (outcome: VerifyOutputs['files'][number]['outcome']): string =>
    files.flatMap((file) => (file.outcome === outcome ? [file.name] : [])).join(', ');
  const lines: readonly (readonly [string, string])[] = [
    ['bundle', `${bundle}${bound ? ', as the tag says' : ''}`],
    ['released', outputs.expected],
    ['trained', outputs.found],
    ['same', named('same')],
    ['different', named('different')],
    ['not compared', named('not-compared')],
    ['attestation', attestation.outcome === 'unchecked' ? '' : attestation.detail],
    ...unchecked.map((one) => ['not checked', one] as const),
  ];
  return block('Verify', terminal, [
    same && repeats === false
      ? `${style.doubtful('not repeatable')} ${tag}: what can be compared is the same; its command trains another model each time`
      : same
        ? `${style.good(tag)} is what ${commit.slice(0, 8)} gives: the same bytes`
        : named('different') === outOfFoldFile
          ? `${style.bad('different')} the out-of-fold predictions of ${tag} (${outOfFoldFile}) are not those that ${commit.slice(0, 8)} gives on this machine; every other file is the same`
          : `${style.bad('different')} ${tag} is not what ${commit.slice(0, 8)} gives on this machine`,
    ...lines.filter(([, text]) => text !== '').map(([label, text]) => `${label.padEnd(13)}${text}`),
  ]);
}
