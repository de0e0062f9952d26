import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import type { VerifyOutputs } from '../../actions/deploy/verify.ts';
import type { VerifyJson } from '../json/json-versions.ts';
import type { ExitCode } from '../session/exit-codes.ts';
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
  readonly exitCode?: boolean;
}

const run = promisify(execFile);

/** `ciclo verify`: is a version what it says it is? */
export function addVerify(program: Command, host: Host): void {
  const command = program
    .command('verify')
    .summary('check a version by training it again')
    .description(
      'Checks every digest of a released version, checks its commit out elsewhere, prepares and trains again, and ' +
        'compares the bytes of the model.',
    )
    .argument('<version>', 'v1.2.0, or fuel@v1.2.0')
    .option('-c, --config <file>', 'the configuration (default: ./ciclo.yml)');
  addExitCodeFlag(addCommonFlags(command), 'the bytes differ')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, the git repository, .ciclo/forge',
        writes: 'nothing that stays',
        examples: ['ciclo verify v1.2.0', 'ciclo verify fuel@v1.2.0 --exit-code'],
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
  const outputs = await verify({ pipeline, version }, { ...session.ports, forge, checkout });
  session.terminal.print(...verifyLines(outputs, session));
  if (session.json) {
    const result: VerifyJson = outputs;
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
  const parent = await mkdtemp(path.join(tmpdir(), 'ciclo-verify-'));
  // The pipeline's name may be that of its folder.
  const folder = path.join(parent, path.basename(repository));
  await run('git', ['-C', repository, 'worktree', 'add', '--quiet', '--detach', folder, commit]);
  return {
    config: path.join(folder, config),
    async [Symbol.asyncDispose]() {
      await run('git', ['-C', repository, 'worktree', 'remove', '--force', folder]);
      await rm(parent, { recursive: true, force: true });
    },
  };
}

function verifyLines({ tag, commit, expected, found, same }: VerifyOutputs, { terminal }: Session): string[] {
  const { style } = terminal;
  return block('Verify', terminal, [
    same
      ? `${style.good(tag)} is what ${commit.slice(0, 8)} gives: the same bytes`
      : `${style.bad('different')} ${tag} is not what ${commit.slice(0, 8)} gives on this machine`,
    `released  ${expected}`,
    `trained   ${found}`,
  ]);
}
