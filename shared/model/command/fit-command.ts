// A model that a program of the user's trains: rows out, model or predictions back.
import type { CommandCandidate } from '../../config/sections/candidates/command-candidate.ts';
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { columnOf, type Table } from '../../dataset/table/table.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import type { PredictedColumns, Predictor } from '../predictor/predictor.ts';
import type { PredictedRows } from '../predictor/stored-predictions.ts';
import { conversionWords } from '../report/conversion-words.ts';
import type { ConversionReport } from '../report/training-report.ts';
import type { CommandOutput, CommandPort } from './command-port.ts';
import { commandPredictions } from './command-predictions.ts';
import { checkConversion, refuseDisagreement, spreadOf } from './conversion.ts';
import { type Handover, type HandoverRows, handoverOf } from './handover.ts';
import { rowNames } from './row-name.ts';

/** A command to train by, and what it is trained on. */
export interface CommandTask {
  readonly name: string;
  readonly options: CommandCandidate;
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly rows: HandoverRows;
  readonly seed: number;
}

/** What training by a command needs from outside. */
export interface CommandPorts {
  readonly command: CommandPort;
  readonly logger: Logger;
  /** Makes a model.onnx ready to predict. @throws ConfigurationError when it cannot be run, or not on these columns. */
  open(model: Uint8Array, recipe: Recipe): Promise<OpenedModel>;
}

/** A model.onnx that predicts, and the versions of what runs it. */
export interface OpenedModel {
  readonly predictor: Predictor;
  readonly versions: Readonly<Record<string, string>>;
}

/** What a command made: a model, or predictions of the validation and the held-out rows alone. */
export type CommandResult =
  | (OpenedModel & { readonly model: Uint8Array; readonly conversion: ConversionReport })
  | { readonly validation: PredictedColumns; readonly all: PredictedRows };

/**
 * Runs a command, and takes what it wrote only when it fits: predictions for every row, and a model that predicts what the
 * command's own did.
 *
 * @throws ConfigurationError that names the candidate, and says what the command did and what would be right.
 */
export async function fitCommand(task: CommandTask, ports: CommandPorts): Promise<CommandResult> {
  const { name, options, schema, recipe, rows, seed } = task;
  const handover = handoverOf({ schema, recipe, rows, format: options.format, seed });
  try {
    const output = await ports.command.run({
      name,
      run: options.run,
      timeout: options.timeout,
      handover,
      // Labels such as 007 are no numbers.
      textColumns: new Set([handover.idColumn, ...(schema.task === 'regression' ? [] : ['predicted'])]),
    });
    return await resultOf(output, task, handover, ports);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(
      `train.candidates: the command ${quote(name)} (${options.run.trim()}): ${error.message}`,
      { cause: error },
    );
  }
}

async function resultOf(
  { model, predictions }: CommandOutput,
  { options, schema, recipe, rows }: CommandTask,
  { idColumn }: Handover,
  { open, logger }: CommandPorts,
): Promise<CommandResult> {
  const { train, validation, heldOut } = rows;
  const read = (ids: BigUint64Array, called: string): PredictedColumns =>
    commandPredictions(predictions.table, { schema, idColumn, names: rowNames(ids), called });
  try {
    if (!model) {
      const ids = new BigUint64Array(validation.ids.length + heldOut.ids.length);
      ids.set(validation.ids);
      ids.set(heldOut.ids, validation.ids.length);
      const predicted = read(ids, 'validation and held-out row');
      return { validation: firstRows(predicted, validation.ids.length), all: { ids, predicted } };
    }
    const own = read(validation.ids, 'validation row');
    const { predictor, versions } = await open(model, recipe);
    const check = checkConversion(await predictor.predictTable(validation.table), own, {
      spread: targetSpread(train.table, schema),
      allowed: options['max-disagreement'],
    });
    const name = (row: number): string => rowNames(validation.ids.subarray(row, row + 1))[0]!;
    refuseDisagreement(check, name);
    logger.info(conversionWords(check.report));
    return { model, predictor, versions, conversion: check.report };
  } catch (error) {
    if (!(error instanceof ConfigurationError) || !/^(the )?predictions/.test(error.message)) throw error;
    throw new ConfigurationError(`${predictions.file}: ${error.message}`, { cause: error });
  }
}

function firstRows(predicted: PredictedColumns, rows: number): PredictedColumns {
  if (predicted.task === 'regression') return { ...predicted, predicted: predicted.predicted.slice(0, rows) };
  return {
    ...predicted,
    predicted: predicted.predicted.slice(0, rows),
    probabilities: predicted.probabilities.slice(0, rows * predicted.classes.length),
  };
}

function targetSpread(train: Table, { target, task }: DatasetSchema): number {
  const column = columnOf(train, target);
  return task === 'regression' && column.type === 'number' ? spreadOf(column.values) : 0;
}
