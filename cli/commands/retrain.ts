import type { Command } from 'commander';
import { judgedChallenger } from '../../shared/metrics/evaluation/challenger-words.ts';
import { slashedPath } from '../../shared/platform/slashed-path.ts';
import type { RetrainJson } from '../json/json-monitor.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import { headCommit, requireLocalHost } from '../session/local-host.ts';
import {
  addCommonFlags,
  addPipelineFlags,
  type Host,
  inSession,
  type PipelineFlags,
  type Session,
} from '../session/session.ts';
import { driftLines } from '../summaries/drift-summary.ts';
import { retrainLines } from '../summaries/retrain-summary.ts';
import { helpAfter } from './pipeline-help.ts';

interface RetrainFlags extends PipelineFlags {
  readonly ifDue?: boolean;
}

/** `ciclo retrain`: a challenger on the newest data, proposed with its evidence. */
export function addRetrain(program: Command, host: Host): void {
  const command = program
    .command('retrain')
    .summary('train a challenger on the newest data, and propose it')
    .description(
      'Checks for drift, moves a copy of the lock to the newest data, trains every candidate, judges the best against ' +
        'the model in production on rows that neither was trained on, and proposes it: a branch with the new lock, a ' +
        'pull request with the evidence, or an issue where it is not better. On this machine these are files of the ' +
        'local forge; the checkout stays as it is.',
    )
    .option('--if-due', 'only when the section retrain of ciclo.yml says so');
  addCommonFlags(addPipelineFlags(command))
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, ciclo.lock, data.source, the release of the version in production',
        writes:
          'the branches ciclo/retrain/<name> and ciclo-history; .ciclo/forge: pull request or issue; .ciclo/drift, .ciclo/retrain',
        examples: ['ciclo retrain', 'ciclo retrain --if-due --json'],
      }),
    )
    .action((flags: RetrainFlags) => inSession(host, flags, (session) => work(flags, session)));
}

async function work(flags: RetrainFlags, session: Session): Promise<ExitCode> {
  const inputs = await session.pipeline(flags);
  const { file } = inputs.pipeline.loaded;
  const { forge, repository } = await requireLocalHost(file);
  const { monitor } = await import('../../actions/drift-check/monitor.ts');
  const outputs = await monitor(
    {
      ...inputs,
      commit: await headCommit(repository),
      repositoryPath: slashedPath(repository, file),
      byHand: flags.ifDue !== true,
      checksWait: false,
    },
    { ...session.ports, forge },
  );
  const { report, action, why, challenger } = outputs;
  session.terminal.print(...driftLines(report, session.terminal), ...retrainLines(outputs, session.terminal));
  if (session.json) {
    const result: RetrainJson = {
      drift: report.drift,
      headline: report.headline,
      structural: report.structural,
      why,
      action,
      ...(challenger
        ? {
            challenger: judgedChallenger(
              challenger.evaluation,
              inputs.pipeline.loaded.config.retrain.confidence,
            ),
            'lock-changes': [...challenger.lockChanges],
            verdict: challenger.evaluation.verdict,
          }
        : {}),
    };
    await session.emit(result);
  }
  return exitCodes.done;
}
