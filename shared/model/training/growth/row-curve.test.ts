import { describe, expect, test } from 'vitest';
import { stackTables } from '../../../dataset/table/stacked-tables.ts';
import { sha256 } from '../../../platform/digest.ts';
import { canonicalJson } from '../../../platform/json.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../../platform/logger.ts';
import { trainingReportSchema } from '../../report/training-report.ts';
import { houses } from '../../testing/model-builders.ts';
import { targetsOf } from '../data/targets.ts';
import type { TrainModelInput } from '../data/training-input.ts';
import { trainModel } from '../train-model.ts';

const linear = { type: 'linear', l2: 'auto' } as const;
const trees = { type: 'boosted-trees', rounds: 40 } as const;
const trained = (input: TrainModelInput, log: LogEntry[] = []) =>
  trainModel(input, { logger: recordingLogger(log), curve: true });

describe('the learning curve of a training', () => {
  test.each(['regression', 'binary', 'multiclass'] as const)(
    'goes from an eighth of the training rows to all of them, and changes nothing of the model: %s',
    async (task) => {
      const input = houses({ task, rows: 2000, candidates: [linear] });
      const { report, ...model } = await trained(input);
      expect(trainingReportSchema.parse(report)).toEqual(report);
      const { learningCurve, ...rest } = report;
      expect(learningCurve).toMatchObject({
        ...{ metric: task === 'regression' ? 'rmse' : 'log-loss', of: ['linear'], judged: 500 },
        points: [
          { rows: 188, models: 4 },
          { rows: 375, models: 2 },
          { rows: 750, models: 1 },
          { rows: 1500, models: 1 },
        ],
      });
      // The last point is the model itself.
      expect(learningCurve!.points.at(-1)!.loss).toBeCloseTo(report.candidates[0]!.validation, 6);
      const [low, high] = learningCurve!.twice.interval;
      expect(low).toBeLessThan(high);
      const plain = await trainModel(input, { logger: silentLogger });
      expect(plain.report).toEqual(rest);
      const { report: _, ...other } = plain;
      expect(digestOf(model)).toBe(digestOf(other));
    },
  );

  test('says that more rows hardly help a linear model of a line', async () => {
    const { report } = await trained(houses({ rows: 4000, candidates: [linear] }));
    expect(report.learningCurve?.verdict).toBe('hardly');
  });

  test('is that of a blend, as it is blended, in folds', async () => {
    const input = houses({ rows: 1600, candidates: [linear, trees], train: { blend: true } });
    // The upper half of an id is the hash of its row's key.
    const ids = BigUint64Array.from({ length: 1600 }, (_, row) => BigInt(row) << 32n);
    const { report } = await trained({ ...input, division: { ids } });
    expect(report.blend).toBeDefined();
    expect(report.learningCurve?.judged).toBe(1600);
    const heavy = report.blend!.parts.filter(({ weight }) => weight >= 0.05).map(({ name }) => name);
    expect(report.learningCurve?.of).toEqual(heavy);
    // Of five folds one stops a training and one is predicted: three train.
    expect(report.learningCurve?.points.map(({ rows }) => rows)).toEqual([120, 240, 480, 960]);
  });

  test('is not measured of few rows, and that is told', async () => {
    const log: LogEntry[] = [];
    const { report } = await trained(houses({ rows: 400, candidates: [linear] }), log);
    const few =
      'the learning curve is not measured: 300 training rows are too few to be cut into eighths of 100';
    expect(report.learningCurve).toBeUndefined();
    expect(report.warnings).toContain(few);
    expect(log).toContainEqual(expect.objectContaining({ level: 'warn', message: few }));
  });

  test('is not measured where a class is of one key: the training does not fail for it', async () => {
    const log: LogEntry[] = [];
    const input = houses({ task: 'binary', rows: 2000, candidates: [linear] });
    const positive = targetsOf(stackTables([input.train, input.validation]), input.schema);
    if (positive.kind !== 'classes') throw new TypeError('classes are expected');
    const ids = BigUint64Array.from(
      positive.codes,
      (code, row) => (code === 0 ? BigInt(row + 2) : 1n) << 32n,
    );
    const { report } = await trained({ ...input, division: { ids } }, log);
    const reason =
      'the learning curve is not measured: so many training rows of a class have one key, or group, that not every eighth has some';
    expect(report.learningCurve).toBeUndefined();
    expect(report.warnings).toContain(reason);
  });

  test('is the same each time', async () => {
    const input = houses({ rows: 1600, candidates: [trees] });
    expect((await trained(input)).report).toEqual((await trained(input)).report);
  });
});

function digestOf(model: object): string {
  const plain = Object.entries(model).map(([key, value]) => [
    key,
    value instanceof Uint8Array ? sha256(value) : value,
  ]);
  return sha256(new TextEncoder().encode(canonicalJson(Object.fromEntries(plain))));
}
