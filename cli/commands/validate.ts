import path from 'node:path';
import { type Command, Option } from 'commander';
import type { LoadedConfig } from '../../shared/config/load.ts';
import type { Task } from '../../shared/metrics/descriptors/descriptor.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { meaningOf } from '../../shared/metrics/evaluation/verdict.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { type EvaluationPlace, validateJson } from '../json/json-results.ts';
import type { ExitCode } from '../session/exit-codes.ts';
import { findConfig, isFile } from '../session/paths.ts';
import { championInputs } from '../session/production.ts';
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
import { evaluationSummary } from '../summaries/evaluation-summary.ts';
import { block } from '../summaries/words.ts';
import { helpAfter } from './pipeline-help.ts';

interface ValidateFlags extends PipelineFlags {
  readonly champion?: string;
  readonly predictions?: string;
  readonly task?: Task;
  readonly positive?: string;
}

/** `ciclo validate`: judge the model, or any framework's predictions, on unseen rows. */
export function addValidate(program: Command, host: Host): void {
  const command = program
    .command('validate')
    .summary('judge the model on rows that it has not seen')
    .description(
      'Judges the model on the test rows, which neither prepare nor train have used, or of rows in folds on all, each by ' +
        'a model that had not seen it: metrics with ' +
        'intervals, beside the naive model and, with --champion, beside another model on the same rows; then ' +
        'the gates of validate.gates and the verdict. With --predictions it judges what any framework predicted.',
    )
    .option(
      '--champion <folder>',
      'a model folder, or the bundle of a release, to compare with (default: the version in production)',
    )
    .option('--predictions <file>', 'judge the predictions in this file instead of the model')
    .addOption(
      new Option('--task <task>', 'with --predictions: the task, when no --config says it').choices([
        'regression',
        'binary',
        'multiclass',
      ]),
    )
    .option(
      '--positive <class>',
      'with --predictions: the positive class of a binary task (default: positive of --config, else the x of a single p_x, else the yes of a known pair or the rarer class)',
    );
  addExitCodeFlag(addCommonFlags(addPipelineFlags(command)), 'the verdict is fail')
    .addHelpText('after', helpText)
    .action((flags: ValidateFlags) => inSession(host, flags, (session) => work(flags, session)));
}

const helpText = helpAfter({
  reads: 'ciclo.yml, .ciclo/dataset, .ciclo/model; or the file of --predictions',
  writes: '.ciclo/evaluation: evaluation.json, predictions.arrow, report.html',
  more: [
    'With --predictions nothing is written unless --output says where. The file',
    '(CSV, JSON, NDJSON, Parquet, Arrow) has the columns',
    '  actual, predicted        numbers, or class labels',
    '  p_<class>                probabilities, for classifiers; optional',
    '  champion_predicted       another model on the same rows; optional',
    '  and any others           the metrics are also given by their values',
  ],
  examples: [
    'ciclo validate',
    'ciclo validate --champion ../production/model --exit-code',
    'ciclo validate --predictions scores.csv --task binary --json',
  ],
  found: 'the verdict is fail',
});

async function work(flags: ValidateFlags, session: Session): Promise<ExitCode> {
  const { evaluation, ...place } = await judge(flags, session);
  reportEvaluation(session, evaluation, place);
  if (session.json) await session.emit(validateJson(evaluation, place));
  return foundCode(meaningOf(evaluation.verdict).failsStep.fail, flags);
}

async function judge(
  flags: ValidateFlags,
  session: Session,
): Promise<EvaluationPlace & { evaluation: Evaluation }> {
  if (flags.predictions !== undefined) return judgeFile(flags, flags.predictions, session);
  if (flags.task !== undefined) {
    throw new ConfigurationError(
      `--task ${flags.task} goes with --predictions; a model's task is the one in ciclo.yml: leave --task out`,
    );
  }
  if (flags.positive !== undefined) {
    throw new ConfigurationError(
      `--positive ${flags.positive} goes with --predictions; a model’s positive class is the one in ciclo.yml or ciclo.lock: leave --positive out`,
    );
  }
  const inputs = await session.pipeline(flags);
  const given = flags.champion === undefined ? undefined : session.path(flags.champion);
  const champion = await championInputs(inputs, given, session.ports.logger);
  const { validate } = await import('../../actions/validate/validate.ts');
  return validate({ ...inputs, ...champion }, session.ports);
}

async function judgeFile(
  { task, positive, config, output, champion }: ValidateFlags,
  predictions: string,
  session: Session,
): Promise<EvaluationPlace & { evaluation: Evaluation }> {
  if (champion !== undefined) {
    throw new ConfigurationError(
      '--champion is a model folder and goes with a model; beside --predictions put the other model’s answers into a column champion_predicted',
    );
  }
  if (!(await isFile(path.resolve(session.io.cwd, predictions)))) {
    throw new ConfigurationError(
      `there is no file ${path.resolve(session.io.cwd, predictions)} (--predictions ${predictions})`,
    );
  }
  const { judgePredictions } = await import('../../actions/validate/judge-predictions.ts');
  return judgePredictions(
    {
      predictions: session.path(predictions),
      ...(task === undefined ? {} : { task }),
      ...(positive === undefined ? {} : { positive }),
      ...(config === undefined ? {} : { declaration: await declarationOf(config, session) }),
      ...(output === undefined ? {} : { output: session.path(output) }),
    },
    session.ports,
  );
}

async function declarationOf(config: string, { io }: Session): Promise<LoadedConfig> {
  const { loadConfig } = await import('../../shared/config/load.ts');
  return loadConfig(await findConfig(io.cwd, config));
}

/** Prints an evaluation for people, and where its report is. */
export function reportEvaluation(session: Session, evaluation: Evaluation, place: EvaluationPlace): void {
  const { terminal } = session;
  terminal.print(...evaluationSummary(evaluation, terminal, place.looks));
  if (place.reportPath !== undefined) {
    terminal.print('', ...block('Report', terminal, [place.reportPath]));
  }
}
