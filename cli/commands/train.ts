import type { Command } from 'commander';
import { trainJson } from '../json/json-results.ts';
import { exitCodes } from '../session/exit-codes.ts';
import {
  addCommonFlags,
  addPipelineFlags,
  type Host,
  inSession,
  type PipelineFlags,
} from '../session/session.ts';
import { trainSummary } from '../summaries/train-summary.ts';
import { helpAfter } from './pipeline-help.ts';

/** `ciclo train`: train every candidate, blend them or keep the best. */
export function addTrain(program: Command, host: Host): void {
  const command = program
    .command('train')
    .summary('train every candidate, and blend them or keep the best')
    .description(
      'Trains every candidate of train.candidates, or the portfolio: linear models, boosted trees and networks. They are ' +
        'blended by how well they predict rows that they have not seen; with train.blend: false, and of one candidate, the one ' +
        'that does best on the validation rows, or out-of-fold, is kept. The test rows are not read, but by a command, which gets them without their target. With ' +
        'the default engine the same inputs give the same bytes on every machine with an x64 processor.',
    );
  addCommonFlags(addPipelineFlags(command))
    .addHelpText(
      'after',
      helpAfter({
        reads: 'ciclo.yml, .ciclo/dataset (ciclo prepare)',
        writes: '.ciclo/model: TensorFlow.js layers format, recipe, schema, model card',
        examples: ['ciclo train', 'ciclo train --json | jq .digest'],
      }),
    )
    .action((flags: PipelineFlags) =>
      inSession(host, flags, async (session) => {
        const inputs = await session.pipeline(flags);
        const { train } = await import('../../actions/train/train.ts');
        const outputs = await train(inputs, session.ports);
        session.terminal.print(...trainSummary(outputs, session.terminal.taskTimes, session.terminal));
        if (session.json) await session.emit(trainJson(outputs));
        return exitCodes.done;
      }),
    );
}
