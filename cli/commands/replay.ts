import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { quote } from '../../shared/platform/errors.ts';
import { makeIgnoredFolder } from '../../shared/platform/ignored-folder.ts';
import { formatJson } from '../../shared/platform/json.ts';
import type { ReplayPolicyName, ReplayReport } from '../../shared/report/replay/replay-report.ts';
import { type Arrivals, readArrivals } from '../replay/arrivals.ts';
import { firstPeriod } from '../replay/first-period.ts';
import type { PolicyRun } from '../replay/policy-run.ts';
import { replayLines } from '../replay/replay-lines.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import {
  addCommonFlags,
  addPipelineFlags,
  type Host,
  inSession,
  type PipelineFlags,
  type Session,
} from '../session/session.ts';
import { block } from '../summaries/words.ts';
import { helpAfter } from './pipeline-help.ts';

const allPolicies: readonly ReplayPolicyName[] = ['on-drift', 'never', 'every-window', 'on-performance'];

interface ReplayFlags extends PipelineFlags {
  readonly first?: string;
  readonly policies?: readonly ReplayPolicyName[];
}

/** `ciclo replay`: the whole loop along the event time of one's own data. */
export function addReplay(program: Command, host: Host): void {
  const command = program
    .command('replay')
    .summary('walk the whole loop along the event time of the data')
    .description(
      'Trains on the first periods of the data, lets the next arrive, checks for drift, opens, judges and merges the ' +
        'retraining pull request, deploys, and goes on, by the very commands that run on a code host. Other policies ' +
        'walk along, so that one sees what each would have cost. The repository that is left behind is a real one.',
    )
    .option(
      '--first <period>',
      'last period of the first model (default: the end of the lock, where more come after it, else a third of all)',
    )
    .addOption(
      new Option(
        '--policies <names>',
        `with commas between them (default: ${allPolicies.join(',')})`,
      ).argParser(policiesOf),
    );
  addCommonFlags(addPipelineFlags(command))
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, ciclo.lock, data.source',
        writes: '.ciclo/replay: replay.html, replay.json, and a git repository for each policy',
        examples: ['ciclo replay', 'ciclo replay --first 2024-06 --policies never,on-drift'],
      }),
    )
    .action((flags: ReplayFlags) => inSession(host, flags, (session) => work(flags, session)));
}

function policiesOf(text: string): ReplayPolicyName[] {
  return text.split(',').map((part) => {
    const name = allPolicies.find((one) => one === part.trim());
    if (name) return name;
    throw new InvalidArgumentError(
      `${quote(part.trim())} is not a policy; there are ${allPolicies.join(', ')}.`,
    );
  });
}

async function work(flags: ReplayFlags, session: Session): Promise<ExitCode> {
  const { terminal, ports } = session;
  const inputs = await session.pipeline(flags);
  const arrivals = await readArrivals(inputs.pipeline, ports);
  const first = firstPeriod({
    periods: arrivals.periods,
    locked: arrivals.pipeline.lock?.data.window?.until,
    asked: flags.first,
  });
  const { runDirectoryOf } = await import('../../actions/pipeline/pipeline.ts');
  const folder = path.join(runDirectoryOf(inputs.pipeline, inputs.output), 'replay');
  const runs: PolicyRun[] = [];
  for (const name of flags.policies ?? allPolicies) {
    const { runPolicy } = await import('../replay/policy-run.ts');
    if (runs.length > 0) terminal.logger.info(`Policy ${name}`);
    const told = runs.length === 0;
    runs.push(
      await runPolicy({
        name,
        versions: told,
        arrivals,
        first,
        folder: path.join(folder, name),
        environment: ports.environment,
        onPeriod: (period, words) => {
          if (told) terminal.print(...block(period, terminal, [words]));
        },
      }),
    );
  }
  const report = reportOf(runs, arrivals, first);
  const { besideEveryWindow, policySentence, replayHeadline } = await import(
    '../../shared/report/replay/policy-summary.ts'
  );
  const { policyWords } = await import('../../shared/report/replay/policy-words.ts');
  const { renderReplayPage } = await import('../../shared/report/replay/replay-page.ts');
  makeIgnoredFolder(folder);
  await mkdir(folder, { recursive: true });
  const page = path.join(folder, 'replay.html');
  await writeFile(page, renderReplayPage(report));
  await writeFile(path.join(folder, 'replay.json'), formatJson(report));
  terminal.print(
    '',
    ...replayLines(report, terminal),
    '',
    ...block('Result', terminal, [
      `${replayHeadline(report)}.`,
      ...report.policies.map((policy) => `${policyWords(policy.name)}: ${policySentence(policy)}.`),
      ...[besideEveryWindow(report)].filter((words) => words !== undefined),
    ]),
    '',
    ...block('Page', terminal, [page]),
    ...block('Git', terminal, [
      `git -C ${path.join(folder, runs[0]!.policy.name)} log --oneline --graph --all`,
    ]),
  );
  if (session.json) await session.emit(report);
  return exitCodes.done;
}

function reportOf(runs: readonly PolicyRun[], { periods, pipeline }: Arrivals, first: string): ReplayReport {
  const { config } = pipeline.loaded;
  const unit = config.features[config.target]?.unit;
  const [leading] = runs;
  return {
    pipeline: pipeline.name,
    metric: leading!.metric.name,
    better: leading!.metric.better,
    ...(unit === undefined ? {} : { unit }),
    periods: periods.slice(periods.indexOf(first) + 1),
    policies: runs.map(({ policy }) => policy),
    versions: leading!.versions,
    story: leading!.story,
  };
}
