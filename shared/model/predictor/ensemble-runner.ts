import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { Table } from '../../dataset/table/table.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { memberPrefix } from '../ensemble/member-files.ts';
import { restoredTarget, type TargetTransform } from '../ensemble/target-transform.ts';
import type { EngineRunner, EngineTask } from './engine-runner.ts';
import type { EnsembleMember, EnsembleModel } from './ensemble-model.ts';
import { layersRunner } from './layers-runner.ts';
import { treesRunner } from './trees-runner.ts';

type Values = Float32Array | Float64Array;

interface RunningPart {
  readonly weight: number;
  readonly target?: TargetTransform | undefined;
  readonly members: readonly EngineRunner[];
}

/**
 * Runs a blend: each part's members one after the other, their mean by the part's weight. Sums are made in double precision
 * in the order of parts and members, of a table's row as of a record: the same bits everywhere.
 *
 * @throws IntegrityError naming the member whose files are not those of its engine, or do not fit recipe and task.
 */
export function ensembleRunner({ parts }: EnsembleModel, recipe: Recipe, task: EngineTask): EngineRunner {
  const running = parts.map(({ weight, target, members }, part): RunningPart => {
    if (target && task.task !== 'regression') {
      throw new IntegrityError(
        `ensemble.json: part ${part + 1} has the target ${target.type}, which only a regression has; the task is ${task.task}`,
      );
    }
    return {
      ...{ weight, target },
      members: members.map((member, at) => memberRunner(member, recipe, task, memberPrefix(part, at))),
    };
  });
  const { outputs } = task;
  const isChance = task.task !== 'regression';
  const sum = new Float64Array(outputs);
  const output = new Float64Array(outputs);

  /** @param answersOf runs the member of a part; its answers may be overwritten by the next. */
  const blend = (
    answersOf: (member: number, part: number) => Values,
    mean: Float64Array,
    out: Float64Array,
  ) => {
    out.fill(0);
    for (const [p, { weight, target, members }] of running.entries()) {
      mean.fill(0);
      for (let m = 0; m < members.length; m++) addTo(mean, answersOf(m, p), target);
      for (let at = 0; at < out.length; at++) out[at]! += weight * (mean[at]! / members.length);
    }
    // Weights and probabilities add up to 1 but for rounding.
    if (isChance) for (let at = 0; at < out.length; at++) out[at] = Math.min(1, out[at]!);
    return out;
  };
  const ofTable = ({ rows }: Table, answersOf: (member: number, part: number) => Values): Float64Array =>
    blend(answersOf, new Float64Array(rows * outputs), new Float64Array(rows * outputs));

  return {
    workOfRow: running.reduce((work, { members }) => work + workOf(members), 0),
    encode(table) {
      const encoded = running.map(({ members }) => members.map((member) => member.encode(table)));
      const all = encoded.flat();
      return {
        readsColumn: (name) => all.some((member) => member.readsColumn(name)),
        exchange(name, column) {
          for (const member of all) member.exchange(name, column);
        },
        run: () => ofTable(table, (member, part) => encoded[part]![member]!.run()),
      };
    },
    runTable: (table) => ofTable(table, (member, part) => running[part]!.members[member]!.runTable(table)),
    runRecord: (row) => blend((member, part) => running[part]!.members[member]!.runRecord(row), sum, output),
  };
}

/** Multiplications, or what takes as long, of one row. */
function workOf(members: readonly Pick<EngineRunner, 'workOfRow'>[]): number {
  return members.reduce((work, { workOfRow }) => work + workOfRow, 0);
}

function memberRunner(
  { engine, recipe }: EnsembleMember,
  common: Recipe,
  task: EngineTask,
  prefix: string,
): EngineRunner {
  try {
    return 'trees' in engine
      ? treesRunner(engine, recipe ?? common, task)
      : layersRunner(engine, recipe ?? common, task);
  } catch (cause) {
    if (!(cause instanceof IntegrityError)) throw cause;
    throw new IntegrityError(`${prefix}.${cause.message}`, { cause });
  }
}

function addTo(sum: Float64Array, answers: Values, target: TargetTransform | undefined): void {
  for (let at = 0; at < sum.length; at++) {
    sum[at]! += target ? restoredTarget(answers[at]!, target) : answers[at]!;
  }
}
