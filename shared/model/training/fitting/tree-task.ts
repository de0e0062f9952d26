import type { BoostedTreesCandidate } from '../../../config/sections/candidates/boosted-trees-candidate.ts';
import type { Settled } from '../../../config/sections/candidates/candidate.ts';
import type { TreeTask } from '../../trees/fit-trees.ts';
import { treeColumns } from '../../trees/tree-inputs.ts';
import { classWeightsOf } from '../candidates/class-weights.ts';
import { type Targets, targetsOf } from '../data/targets.ts';
import type { CandidateData } from '../data/training-data.ts';

/** What trees learn from: columns as they are, missing values and categories among them, and the target as it is. */
export function treeTaskOf(data: CandidateData, options: Settled<BoostedTreesCandidate>): TreeTask {
  const { schema, recipe, train, validation } = data.splits;
  const classWeights = classWeightsOf(options['class-weights'], data.classes, data.counts);
  const learned = treeColumns(recipe, train);
  const labelsOf = (targets: Targets) => {
    if (targets.kind === 'numbers') return { targets: targets.values };
    const weights = classWeights && Float64Array.from(targets.codes, (code) => classWeights[code]!);
    return { targets: Float64Array.from(targets.codes), weights };
  };
  return {
    task: schema.task,
    classes: data.classes.length,
    inputs: learned.inputs,
    train: { rows: train.rows, columns: learned.columns, ...labelsOf(targetsOf(train, schema)) },
    validation: validation && {
      rows: validation.rows,
      columns: treeColumns(recipe, validation, learned.inputs).columns,
      ...labelsOf(targetsOf(validation, schema)),
    },
    deviation: data.scale?.deviation ?? 1,
  };
}
