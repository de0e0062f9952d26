// The commands, a file each: their flags, and the verb that each calls.
import type { Command } from 'commander';
import { meaningOf } from '../../shared/metrics/evaluation/verdict.ts';
import { formatElapsed } from '../../shared/text/durations.ts';
import type { RunJson } from '../json/json-output.ts';
import { prepareJson, trainJson, validateJson } from '../json/json-results.ts';
import type { ExitCode } from '../session/exit-codes.ts';
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
import { prepareSummary } from '../summaries/prepare-summary.ts';
import { trainSummary } from '../summaries/train-summary.ts';
import { block } from '../summaries/words.ts';
import { helpAfter } from './pipeline-help.ts';
import { reportEvaluation } from './validate.ts';

interface RunFlags extends PipelineFlags {
  readonly champion?: string;
}

/** `ciclo run`: prepare, train and validate, one after the other. */
export function addRun(program: Command, host: Host): void {
  const command = program
    .command('run')
    .summary('prepare, train and validate')
    .description('Runs prepare, train and validate one after the other, and shows what each of them did.')
    .option('--champion <folder>', 'a model folder to compare with (default: the version in production)');
  addExitCodeFlag(addCommonFlags(addPipelineFlags(command)), 'the verdict is fail')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, ciclo.lock, the data',
        writes: '.ciclo/dataset, .ciclo/model, .ciclo/evaluation; ciclo.lock if missing',
        examples: [
          'ciclo run',
          'ciclo run --exit-code           in a script that must stop on a failed gate',
          'ciclo run --json | jq .evaluation.metrics.rmse.value',
        ],
        found: 'the verdict is fail',
      }),
    )
    .action((flags: RunFlags) => inSession(host, flags, (session) => work(flags, session)));
}

async function work(flags: RunFlags, session: Session): Promise<ExitCode> {
  const { terminal, ports } = session;
  const started = ports.clock.now();
  const inputs = await session.pipeline(flags);
  const given = flags.champion === undefined ? undefined : session.path(flags.champion);

  const { prepare } = await import('../../actions/prepare/prepare.ts');
  const dataset = await prepare(inputs, ports);
  terminal.print(...prepareSummary(dataset, terminal), '');

  const { train } = await import('../../actions/train/train.ts');
  const next = { ...inputs, pipeline: dataset.pipeline };
  const model = await train(next, ports);
  terminal.print(...trainSummary(model, terminal.taskTimes, terminal), '');

  const { validate } = await import('../../actions/validate/validate.ts');
  const validation = await validate({ ...next, ...(await championInputs(next, given, ports.logger)) }, ports);
  reportEvaluation(session, validation.evaluation, validation);
  const time = formatElapsed(ports.clock.now() - started);
  terminal.print(...block('Model', terminal, [model.digest]), terminal.style.dim(`Done in ${time}`));

  if (session.json) {
    const result: RunJson = {
      dataset: prepareJson(dataset),
      model: trainJson(model),
      evaluation: validateJson(validation.evaluation, validation),
    };
    await session.emit(result);
  }
  return foundCode(meaningOf(validation.evaluation.verdict).failsStep.fail, flags);
}
