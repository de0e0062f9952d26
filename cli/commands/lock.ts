import { createInterface } from 'node:readline/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { LockPlan } from '../../actions/prepare/lock.ts';
import type { Lock } from '../../shared/config/lock/lock.ts';
import { type FoldChoice, fewestFolds, mostFolds } from '../../shared/config/sections/split-section.ts';
import type { LockJson } from '../json/json-output.ts';
import type { ExitCode } from '../session/exit-codes.ts';
import {
  addCommonFlags,
  addExitCodeFlag,
  type CommonFlags,
  foundCode,
  type Host,
  inSession,
  openRenamed,
  type Session,
} from '../session/session.ts';
import { block } from '../summaries/words.ts';
import type { Io } from '../terminal/io.ts';
import { helpAfter } from './pipeline-help.ts';

interface LockFlags extends CommonFlags {
  readonly config?: string;
  readonly until?: string;
  readonly folds?: FoldChoice;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly exitCode?: boolean;
}

/** `ciclo lock`: write ciclo.lock, or move its window. */
export function addLock(program: Command, host: Host): void {
  const command = program
    .command('lock')
    .summary('pin the data: write or move ciclo.lock')
    .description(
      'Reads the data as it is now and pins it in ciclo.lock: which rows (by digest, file by file or period by ' +
        'period), the key, the split, the column types. It shows what changes, then writes: on a terminal it ' +
        'asks first; elsewhere, or with --json, it writes at once. Commit the file: prepare then reads exactly these rows.',
    )
    .option('-c, --config <file>', 'the configuration (default: ./ciclo.yml)')
    .option(
      '--until <time>',
      'pin the rows up to this value of data.time, itself included: 1976, 2026-03; or latest: all that there are (default: ' +
        'as far as the lock goes; in a new one all)',
    )
    .option(
      '--folds <count>',
      'divide the rows into so many folds (3 to 20), or off: into training, validation and test rows (default: as the lock ' +
        'has it; in a new one folds for fewer than 2,000 labelled rows)',
      foldChoice,
    )
    .option('-y, --yes', 'write without asking')
    .option('-n, --dry-run', 'show what would change and write nothing');
  addExitCodeFlag(addCommonFlags(command), 'the lock is not what the data is now')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, ciclo.lock, the data',
        writes: 'ciclo.lock (and a snapshot, for data outside git)',
        examples: [
          'ciclo lock                            take in the data as it is now, as far as the lock goes',
          'ciclo lock --until latest             take in the newest rows, too',
          'ciclo lock --until 1976               only the years up to 1976',
          'ciclo lock --folds 5                  let every row judge, in five folds',
          'ciclo lock --dry-run --exit-code      in CI: is the lock up to date?',
        ],
        found: 'the lock is not what the data is now',
      }),
    )
    .action((flags: LockFlags) => inSession(host, flags, (session) => work(flags, session)));
}

function foldChoice(value: string): FoldChoice {
  if (value === 'off') return 'off';
  const count = Number(value);
  if (Number.isInteger(count) && count >= fewestFolds && count <= mostFolds) return count;
  throw new InvalidArgumentError(`Allowed: a whole number from ${fewestFolds} to ${mostFolds}, or off.`);
}

async function work(flags: LockFlags, session: Session): Promise<ExitCode> {
  const pipeline = await openRenamed(session.io.cwd, flags.config);
  const { planLock, writeLock } = await import('../../actions/prepare/lock.ts');
  const until = flags.until === undefined ? {} : { until: flags.until };
  const folds = flags.folds === undefined ? {} : { folds: flags.folds };
  const plan = await planLock({ pipeline, ...until, ...folds }, session.ports);
  showPlan(plan, session);
  const status = await decide(plan, flags, session);
  const lock: Lock = status === 'written' ? (await writeLock(plan)).lock : plan.after;
  session.terminal.print(statusWords(status, plan.file));
  if (plan.goesOn && flags.until === undefined) session.terminal.print(goesOnWords(lock));
  if (session.json) {
    const result: LockJson = { file: plan.file, status, changes: [...plan.changes], lock };
    await session.emit(result);
  }
  return foundCode(plan.changes.length > 0, flags);
}

function showPlan({ changes }: LockPlan, { terminal }: Session): void {
  if (changes.length > 0) terminal.print(...block('Lock', terminal, changes));
}

async function decide(plan: LockPlan, flags: LockFlags, session: Session): Promise<LockJson['status']> {
  if (plan.changes.length === 0) return 'unchanged';
  if (flags.dryRun) return 'planned';
  const { stdin, stderr } = session.io;
  const asks = !flags.yes && !session.json && stdin.isTTY === true && stderr.isTTY === true;
  if (!asks) return 'written';
  session.terminal.clear();
  return (await confirms(session.io, `Write ${plan.file}? [y/N] `)) ? 'written' : 'declined';
}

async function confirms(io: Io, question: string): Promise<boolean> {
  // Not readline's own line editing: it would take Ctrl-C away from the process.
  const prompt = createInterface({ input: io.stdin, output: io.stderr, terminal: false });
  // A closed input (Ctrl-D) never answers: that is a no.
  const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([prompt.question(question), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}

function goesOnWords({ data: { window } }: Lock): string {
  const end = window ? ` (${window.column} until ${window.until})` : '';
  return `There are newer rows than those that it pins${end}: ciclo lock --until latest takes them in`;
}

function statusWords(status: LockJson['status'], file: string): string {
  const words: Record<LockJson['status'], string> = {
    unchanged: `${file} is up to date: nothing to write`,
    planned: `Nothing was written (--dry-run); ciclo lock writes ${file}`,
    declined: 'Nothing was written',
    written: `${file} written: commit it`,
  };
  return words[status];
}
