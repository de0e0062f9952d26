import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TwoTablesInputs, TwoTablesPorts } from '../../actions/drift-check/two-tables/two-tables.ts';
import type { DriftReport } from '../../shared/drift/report/drift-report.ts';
import type { DriftOptions } from '../../shared/drift/verdict/drift-options.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { parsePercent } from '../../shared/text/percent.ts';
import type { DriftCheckJson } from '../json/json-monitor.ts';
import type { ExitCode } from '../session/exit-codes.ts';
import { findLocalHost } from '../session/local-host.ts';
import {
  addCommonFlags,
  addExitCodeFlag,
  addPipelineFlags,
  foundCode,
  type Host,
  inSession,
  type PipelineFlags,
  type Session,
} from '../session/session.ts';
import { driftLines } from '../summaries/drift-summary.ts';
import { block } from '../summaries/words.ts';
import { helpAfter } from './pipeline-help.ts';

interface DriftFlags extends PipelineFlags {
  readonly reference?: string;
  readonly current?: string;
  readonly exclude?: string;
  readonly include?: string;
  readonly time?: string;
  readonly group?: string;
  readonly falseAlarmRate?: number;
  readonly minEffect?: number;
  readonly share?: number;
  readonly seed?: number;
}

/** `ciclo drift-check`: has the data changed, and how does the model do on it? */
export function addDriftCheck(program: Command, host: Host): void {
  const command = program
    .command('drift-check')
    .summary('compare new rows with those that the model in production was made with')
    .description(
      'Compares the rows that came since the model in production was made with those that it was made with: every ' +
        'feature, the predictions, all features together, and the performance where labels have come. False ' +
        'alarms are at most as frequent as declared, and each check says the smallest change that it can detect. With ' +
        '--reference and --current it compares any two tables.',
    )
    .option('--reference <file>', 'compare two tables: the one that things should be as in')
    .option('--current <file>', 'compare two tables: the one that is looked at')
    .option(
      '--exclude <columns>',
      'with --reference: columns that are not compared, with commas between them',
    )
    .option(
      '--include <columns>',
      'with --reference: columns that are compared even if they number or date the rows, with commas between them',
    )
    .option('--time <column>', 'with --reference: when each row was; without it, the order of the files')
    .option('--group <column>', 'with --reference: whose rows belong together, such as those of one customer')
    .addOption(
      new Option('--false-alarm-rate <share>', 'with --reference: instead of 0.05').argParser(shareOf),
    )
    .addOption(new Option('--min-effect <effect>', 'with --reference: instead of 0.1').argParser(shareOf))
    .addOption(
      new Option('--share <share>', 'with --reference: of drifted columns, instead of 0.3').argParser(
        shareOf,
      ),
    )
    .addOption(
      new Option('--seed <number>', 'with --reference: of permutations, instead of 1').argParser(wholeOf),
    );
  addExitCodeFlag(addCommonFlags(addPipelineFlags(command)), 'there is drift, or the model got worse')
    .addHelpText(
      'after',
      helpAfter({
        reads:
          'ciclo.yml, ciclo.lock, data.source or monitor.source, the release of the version in production',
        writes: '.ciclo/drift: drift.json, profile.json, report.html; nothing with --reference',
        more: [
          'Without a version in production the rows of ciclo.lock are the reference.',
          'Retraining after drift is the work of ciclo retrain.',
        ],
        examples: [
          'ciclo drift-check',
          'ciclo drift-check --exit-code         in a script that is to stop on drift',
          'ciclo drift-check --reference january.csv --current june.parquet --json',
        ],
        found: 'drift, or a model that got worse than monitor.performance allows',
      }),
    )
    .action((flags: DriftFlags) => inSession(host, flags, (session) => work(flags, session)));
}

function shareOf(text: string): number {
  const value = parsePercent(text) ?? Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('write a number from 0 to 1, or a percentage such as 5%.');
}

function wholeOf(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('write a whole number.');
}

function work(flags: DriftFlags, session: Session): Promise<ExitCode> {
  return flags.reference === undefined && flags.current === undefined
    ? checkPipeline(flags, session)
    : checkTables(flags, session);
}

const tableFlags = [
  ...(['exclude', 'include', 'time', 'group'] as const),
  ...(['falseAlarmRate', 'minEffect', 'share', 'seed'] as const),
];

async function checkPipeline(flags: DriftFlags, session: Session): Promise<ExitCode> {
  for (const name of tableFlags) {
    if (flags[name] === undefined) continue;
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new ConfigurationError(
      `--${flag} goes with --reference and --current; of a pipeline it is declared under monitor in ciclo.yml`,
    );
  }
  const inputs = await session.pipeline(flags);
  const host = await findLocalHost(inputs.pipeline.loaded.file);
  const { driftCheck } = await import('../../actions/drift-check/drift-check.ts');
  const { readHistory } = await import('../../actions/drift-check/history.ts');
  const history = host ? await readHistory(inputs.pipeline, host.forge) : [];
  const outputs = await driftCheck({ ...inputs, history }, { ...session.ports, forge: host?.forge });
  const { report, folder, reportPath } = outputs;
  session.terminal.print(
    ...driftLines(report, session.terminal),
    ...block('Report', session.terminal, [reportPath]),
  );
  if (session.json) {
    const result: DriftCheckJson = { ...report, folder, 'report-path': reportPath };
    await session.emit(result);
  }
  return foundCode(report.drift || report.performance?.degraded === true, flags);
}

async function checkTables(flags: DriftFlags, session: Session): Promise<ExitCode> {
  const { reference, current } = flags;
  if (reference === undefined || current === undefined) {
    throw new ConfigurationError(
      `--${reference === undefined ? 'current' : 'reference'} alone compares nothing: give both --reference and --current`,
    );
  }
  if (flags.config !== undefined || flags.output !== undefined) {
    throw new ConfigurationError(
      `--${flags.config === undefined ? 'output' : 'config'} is for a pipeline, and --reference compares two tables without one: leave it out`,
    );
  }
  const inputs = {
    reference,
    current,
    directory: session.io.cwd,
    options: optionsOf(flags),
    ...(flags.time === undefined ? {} : { time: flags.time }),
    ...(flags.group === undefined ? {} : { group: flags.group }),
    ...(flags.exclude === undefined ? {} : { exclude: namesOf(flags.exclude) }),
    ...(flags.include === undefined ? {} : { include: namesOf(flags.include) }),
  };
  // Started first: it loads what it needs while this thread does.
  const { secondThreadFor } = await import('../../actions/drift-check/second-thread/second-thread.ts');
  const thread = await secondThreadFor(current, inputs.directory);
  const report = await compared(inputs, { ...session.ports, thread }).finally(() => thread?.stop());
  session.terminal.print(...driftLines(report, session.terminal));
  if (session.json) await session.emit(report);
  return foundCode(report.drift, flags);
}

function namesOf(list: string): string[] {
  return list.split(',').map((name) => name.trim());
}

async function compared(inputs: TwoTablesInputs, ports: TwoTablesPorts): Promise<DriftReport> {
  const { compareFiles } = await import('../../actions/drift-check/two-tables/two-tables.ts');
  return compareFiles(inputs, ports);
}

function optionsOf({ falseAlarmRate, minEffect, share, seed }: DriftFlags): DriftOptions {
  return {
    ...(falseAlarmRate === undefined ? {} : { falseAlarmRate }),
    ...(minEffect === undefined ? {} : { minEffect }),
    ...(share === undefined ? {} : { share }),
    ...(seed === undefined ? {} : { seed }),
  };
}
