import type { Command } from 'commander';
import { prepareJson } from '../json/json-results.ts';
import {
  addCommonFlags,
  addExitCodeFlag,
  addPipelineFlags,
  foundCode,
  type Host,
  inSession,
  type PipelineFlags,
} from '../session/session.ts';
import { prepareSummary } from '../summaries/prepare-summary.ts';
import { helpAfter } from './pipeline-help.ts';

/** `ciclo prepare`: collect, clean and split the rows that the lock pins. */
export function addPrepare(program: Command, host: Host): void {
  const command = program
    .command('prepare')
    .summary('collect, clean and split the data')
    .description(
      'Collects the rows that ciclo.lock pins, cleans them, checks their quality, and splits them, as the lock says, into ' +
        'folds or into training, validation and test rows, of which only the training rows make the recipe ' +
        '(imputation, scaling, encoding). Without a lock it reads all rows and writes one: folds for fewer than 2,000 ' +
        'labelled rows, unless split in ciclo.yml says otherwise.',
    );
  addExitCodeFlag(addCommonFlags(addPipelineFlags(command)), 'a quality check failed')
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, ciclo.lock, the data',
        writes: '.ciclo/dataset; ciclo.lock if missing',
        examples: ['ciclo prepare', 'ciclo prepare --config models/fuel/ciclo.yml --json'],
        found: 'a quality check failed',
      }),
    )
    .action((flags: PipelineFlags) =>
      inSession(host, flags, async (session) => {
        const inputs = await session.pipeline(flags);
        const { prepare } = await import('../../actions/prepare/prepare.ts');
        const outputs = await prepare(inputs, session.ports);
        session.terminal.print(...prepareSummary(outputs, session.terminal));
        if (session.json) await session.emit(prepareJson(outputs));
        return foundCode(outputs.quality.status === 'fail', flags);
      }),
    );
}
