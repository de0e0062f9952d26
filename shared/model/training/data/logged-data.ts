import { columnOf, type Table } from '../../../dataset/table/table.ts';
import { transformedTargets } from '../../ensemble/target-transform.ts';
import { standardised, targetScaleOf } from '../../network/target-scale.ts';
import { targetsOf } from './targets.ts';
import type { CandidateData, LabelledRows } from './training-data.ts';

/** The same rows with ln(1 + target) in the target's place: the inputs are the same numbers, in memory once. */
export function loggedData(data: CandidateData): CandidateData {
  const { schema } = data.splits;
  const train = loggedTable(data.splits.train, schema.target);
  const validation = data.splits.validation && loggedTable(data.splits.validation, schema.target);
  const scale = targetScaleOf(numbersOf(train));
  const labelled = (rows: LabelledRows, table: Table): LabelledRows => ({
    ...rows,
    targets: standardised(numbersOf(table), scale),
  });
  let ofTraining: LabelledRows | undefined;
  let ofValidation: LabelledRows | undefined;
  return {
    ...{ inputs: data.inputs, output: data.output, classes: data.classes, counts: data.counts },
    ...{ scale, warnings: data.warnings, splits: { ...data.splits, train, validation } },
    get train() {
      ofTraining ??= labelled(data.train, train);
      return ofTraining;
    },
    get validation() {
      if (validation && data.validation) ofValidation ??= labelled(data.validation, validation);
      return ofValidation;
    },
  };

  function numbersOf(table: Table): Float64Array {
    const targets = targetsOf(table, schema);
    if (targets.kind !== 'numbers') throw new TypeError('only numbers have a logarithm');
    return targets.values;
  }
}

function loggedTable(table: Table, target: string): Table {
  const column = columnOf(table, target);
  if (column.type !== 'number') throw new TypeError(`${target} holds no numbers`);
  const values = transformedTargets(column.values);
  return { ...table, columns: new Map(table.columns).set(target, { type: 'number', values }) };
}
