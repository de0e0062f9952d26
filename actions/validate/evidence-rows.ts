import type { Dataset } from '../../shared/artifacts/folders/dataset-folder.ts';
import type { Model } from '../../shared/artifacts/folders/model-folder.ts';
import { thresholdOfCosts } from '../../shared/config/sections/decision-section.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { foldPlan, onlyTrains } from '../../shared/dataset/split/fold-plan.ts';
import type { SplitTable } from '../../shared/dataset/split/split-table.ts';
import { columnOf, takeColumn, takeRows } from '../../shared/dataset/table/table.ts';
import { timesOf } from '../../shared/dataset/time/window.ts';
import type { EvaluateInput } from '../../shared/metrics/evaluate.ts';
import { naivePredictions } from '../../shared/metrics/rows/baseline.ts';
import { joinPredictions } from '../../shared/metrics/rows/joined-predictions.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { takePredictions } from '../../shared/metrics/rows/subset.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import { withGroups } from './grouped-predictions.ts';
import { judgedPredictions } from './predictions.ts';

/** What a model is judged by: rows that it, or the model of their fold, has not seen, and what is said of them. */
export interface Evidence extends Pick<EvaluateInput, 'train' | 'validation' | 'folds'> {
  readonly rows: SplitTable;
  readonly predictions: Predictions;
  /** The naive model's. */
  readonly baseline: Predictions;
  /** Rows that would be judged, had no filter dropped them. */
  readonly filtered: SplitTable;
}

type Judged = Dataset<'train' | 'validation' | 'test' | 'filtered'>;

/** The test rows, or in folds every row that was predicted out-of-fold. */
export async function evidenceOf(dataset: Judged, model: Model, config: Config): Promise<Evidence> {
  const evidence =
    dataset.kind === 'folds'
      ? outOfFoldEvidence(dataset, model, config)
      : await heldOutEvidence(dataset, model, config);
  const { predictions, rows } = evidence;
  return { ...evidence, predictions: withGroups(predictions, rows.table, config.data.group) };
}

async function heldOutEvidence(
  { splits, schema }: Extract<Judged, { kind: 'hold-out' }>,
  model: Model,
  config: Config,
): Promise<Evidence> {
  const { test, train, validation, filtered } = splits;
  const predictions = await judgedPredictions(model, test, schema);
  return {
    rows: test,
    predictions,
    // Predictions alone have none of the rows that were learned from.
    ...('predictions' in model ? {} : { train: await judgedPredictions(model, train, schema) }),
    // The models of a blend have learned from validation rows, too: these are no other evidence.
    ...(validation.table.rows === 0 || model.training.blend?.models !== undefined
      ? {}
      : {
          validation: withGroups(
            await judgedPredictions(model, validation, schema),
            validation.table,
            config.data.group,
          ),
        }),
    baseline: naivePredictions(columnOf(train.table, config.target), predictions, naiveThreshold(config)),
    filtered,
  };
}

function outOfFoldEvidence(
  { folder, rows, filtered, count, manifest }: Extract<Judged, { kind: 'folds' }>,
  model: Model,
  config: Config,
): Evidence {
  const { outOfFold, foldTraining } = model;
  if (!outOfFold) {
    throw new IntegrityError(
      `the model in ${model.folder} has no out-of-fold.arrow, and the dataset in ${folder} is in ${count} folds: run ciclo train again`,
    );
  }
  const places = Uint32Array.from(rows.folds.keys()).filter((row) => rows.folds[row] !== onlyTrains);
  const judged = {
    table: takeRows(rows.table, places),
    ids: BigUint64Array.from(places, (row) => rows.ids[row]!),
  };
  if (judged.ids.some((id, i) => id !== outOfFold.ids[i]) || judged.ids.length !== outOfFold.ids.length) {
    throw new IntegrityError(
      `out-of-fold.arrow of the model in ${model.folder} is of other rows than the dataset in ${folder}: run ciclo train again`,
    );
  }
  const time = manifest.split?.by === 'time' ? config.data.time : undefined;
  const byTime = time === undefined ? undefined : { times: timesOf(columnOf(rows.table, time), time).values };
  const { predictions } = outOfFold;
  return {
    rows: judged,
    predictions,
    ...(foldTraining ? { train: ofFolds(foldTraining, count) } : {}),
    baseline: naiveOfFolds(predictions, outOfFold.folds, (like, fold) => {
      const { train } = foldPlan(rows.folds, count, byTime)[fold]!;
      return naivePredictions(
        takeColumn(columnOf(rows.table, config.target), train),
        like,
        naiveThreshold(config),
      );
    }),
    folds: { count, inputs: model.training.inputs },
    filtered,
  };
}

function ofFolds(
  { predictions, folds }: { readonly predictions: Predictions; readonly folds: Uint8Array },
  count: number,
): readonly Predictions[] {
  return Array.from({ length: count }, (_, fold) => takePredictions(predictions, rowsOf(folds, fold)));
}

function rowsOf(folds: Uint8Array, fold: number): Uint32Array {
  return Uint32Array.from(folds.keys()).filter((row) => folds[row] === fold);
}

/** Each fold's naive model on its rows, in the order of all rows. */
function naiveOfFolds(
  predictions: Predictions,
  folds: Uint8Array,
  naive: (like: Predictions, fold: number) => Predictions,
): Predictions {
  const order: number[] = [];
  let joined: Predictions | undefined;
  for (const fold of new Set(folds)) {
    const rows = rowsOf(folds, fold);
    const said = naive(takePredictions(predictions, rows), fold);
    joined = joined ? joinPredictions(joined, said) : said;
    order.push(...rows);
  }
  const back = new Uint32Array(order.length);
  order.forEach((row, i) => {
    back[row] = i;
  });
  return takePredictions(joined ?? predictions, back);
}

/** Where errors have a cost, the naive model says the cheaper of the two classes. */
function naiveThreshold({ validate: { decision } }: Config): { readonly threshold?: number } {
  return decision?.costs ? { threshold: thresholdOfCosts(decision.costs) } : {};
}
