import type { Command } from 'commander';
import { type VersionRow, versions } from '../../actions/deploy/versions.ts';
import { formatEstimate, formatInterval } from '../../shared/text/number-format.ts';
import type { VersionsJson } from '../json/json-versions.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import { requireLocalHost } from '../session/local-host.ts';
import {
  addCommonFlags,
  type CommonFlags,
  type Host,
  inSession,
  openPipeline,
  type Session,
} from '../session/session.ts';
import { textTable } from '../summaries/text-table.ts';
import { helpAfter } from './pipeline-help.ts';

interface VersionsFlags extends CommonFlags {
  readonly config?: string;
}

/** `ciclo versions`: what there is, and what is where. */
export function addVersions(program: Command, host: Host): void {
  const command = program
    .command('versions')
    .summary('list the versions of the model')
    .description('Lists the versions of the pipeline from the tags of the git repository, the newest first.')
    .option('-c, --config <file>', 'the configuration (default: ./ciclo.yml)');
  addCommonFlags(command)
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, the tags of the git repository, .ciclo/forge',
        writes: 'nothing',
        examples: ['ciclo versions', 'ciclo versions --json | jq -r .versions[0].version'],
      }),
    )
    .action((flags: VersionsFlags) => inSession(host, flags, (session) => work(flags, session)));
}

async function work(flags: VersionsFlags, session: Session): Promise<ExitCode> {
  const pipeline = await openPipeline(session.io.cwd, flags.config);
  const { forge } = await requireLocalHost(pipeline.loaded.file);
  const rows = await versions({ pipeline }, forge);
  session.terminal.print(...versionLines(rows, session));
  for (const { problem } of rows) if (problem !== undefined) session.ports.logger.warn(problem);
  if (session.json) {
    const result: VersionsJson = {
      versions: rows.map(({ stages, ...row }) => ({ ...row, stages: [...stages] })),
    };
    await session.emit(result);
  }
  return exitCodes.done;
}

function versionLines(rows: readonly VersionRow[], { terminal }: Session): string[] {
  if (rows.length === 0) return ['There is no version yet: ciclo run, then ciclo deploy'];
  const { style } = terminal;
  const lines = rows.map(({ version, stages, metric, window, time, commit }) => [
    stages.length > 0 ? style.good(version) : version,
    stages.join(', '),
    metric?.value == null ? '' : `${metric.name} ${formatEstimate({ ...metric, value: metric.value })}`,
    metric === undefined || metric.low === null
      ? ''
      : style.dim(`(${formatInterval(metric.low, metric.high)})`),
    window ? `${window.column} to ${window.until}` : '',
    new Date(time).toISOString().slice(0, 10),
    style.dim(commit.slice(0, 8)),
  ]);
  return textTable(lines, ['left', 'left', 'left', 'left', 'left', 'left', 'left']);
}
