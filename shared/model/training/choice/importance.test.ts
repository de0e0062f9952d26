import { describe, expect, test } from 'vitest';
import { metricOf } from '../../../metrics/registry/registry.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../../platform/logger.ts';
import { createRandom } from '../../../platform/random.ts';
import { isDirect } from '../../predictor/model-bundle.ts';
import { createPredictor, type Predictor } from '../../predictor/predictor.ts';
import { houses } from '../../testing/model-builders.ts';
import { planImportance } from '../candidates/work.ts';
import { trainModel } from '../train-model.ts';
import { permutationImportance } from './importance.ts';

const ports = { logger: silentLogger };
const metric = { regression: 'rmse', binary: 'log-loss', multiclass: 'log-loss' } as const;
const derive = {
  size: 'd => d.area / 10',
  grand: 'd => d.size > 12 && d.garden',
  place: 'd => d.district + (d.grand ? "!" : "")',
};

async function trained(task: keyof typeof metric, candidate: Parameters<typeof houses>[0]) {
  const input = houses({ task, ...candidate });
  const model = { ...input, ...(await trainModel(input, ports)) };
  if (!isDirect(model)) throw new TypeError('an engine of our own was asked for');
  const predictor = createPredictor(model);
  const asked = {
    ...{ inputs: 10, table: input.validation, schema: input.schema, metric: metricOf(metric[task]) },
    ...{ repeats: 3, rows: 80, logger: silentLogger },
  };
  return { predictor, asked };
}

describe('permutation importance', () => {
  test.each(
    (['regression', 'binary', 'multiclass'] as const).flatMap((task) =>
      [
        { type: 'linear' },
        { type: 'neural-network', layers: [7], epochs: 20 },
        { type: 'boosted-trees', rounds: 20 },
      ].map((candidate) => [task, candidate.type, candidate] as const),
    ),
  )(
    'exchanging one column gives the bits of reading the whole table again: %s, %s',
    async (task, _, candidate) => {
      const { predictor, asked } = await trained(task, {
        candidates: [candidate as never],
        prepare: { derive },
      });
      const whole: Predictor = {
        predictTable: (table) => predictor.predictTable(table),
        predictRecord: (row) => predictor.predictRecord(row),
      };
      const exchanged = await permutationImportance({ ...asked, predictor, random: createRandom(3) });
      const again = await permutationImportance({ ...asked, predictor: whole, random: createRandom(3) });
      expect(exchanged).toEqual(again);
      expect(exchanged.features[0]!.mean).toBeGreaterThan(0);
    },
  );

  test('a budget that is too small for all of it: fewer repeats, then fewer rows, and a word on it', async () => {
    const { predictor, asked } = await trained('regression', {
      candidates: [{ type: 'linear' }],
      rows: 1000,
    });
    const row = predictor.workOfRow + 50;
    const measure = (work: number) =>
      permutationImportance({ ...asked, rows: 200, work, predictor, random: createRandom(3) });
    const [whole, twice, fewer, none] = [
      await measure(4 * 3 * 200 * row),
      await measure(4 * 2 * 200 * row),
      await measure(4 * 150 * row),
      await measure(4 * 99 * row),
    ];
    expect(whole.warning).toBeUndefined();
    expect(twice.warning).toContain('4 columns is measured with 2 repeats of 200 rows instead of 3 of 200');
    expect(fewer.warning).toContain('with 1 repeat of 150 rows instead of 3 of 200');
    expect(fewer.features.every(({ deviation }) => deviation === 0)).toBe(true);
    expect(fewer.features[0]!.feature).toBe('area');
    expect(none).toEqual({
      features: [],
      warning: 'the importance of 4 columns is not measured: the whole of it is beyond train.importance.work',
    });
  });

  test('much work shows how far it is, little does not', async () => {
    const { predictor, asked } = await trained('regression', { candidates: [{ type: 'linear' }] });
    const linesOf = async (workOfRow: number) => {
      const entries: LogEntry[] = [];
      const logger = recordingLogger(entries);
      await permutationImportance({
        ...{ ...asked, logger, predictor: { ...predictor, workOfRow }, random: createRandom(3) },
      });
      return entries.map(({ message }) => message.trim());
    };
    expect(await linesOf(predictor.workOfRow)).toEqual([]);
    const lines = await linesOf(1e6);
    expect(lines).toHaveLength(4 * 3 + 1);
    expect(lines.slice(0, 4)).toEqual(
      [0, 1, 2].map((done) => `importance ${done}/12 area`).concat('importance 3/12 district'),
    );
    expect(lines.at(-1)).toBe('importance 12/12');
  });

  test('off: nothing is measured, the model is the same', async () => {
    const candidates = [{ type: 'linear' }] as const;
    const off = await trainModel(houses({ candidates, train: { importance: 'off' } }), ports);
    const on = await trainModel(houses({ candidates }), ports);
    expect(off.report.importance).toEqual([]);
    expect(off.report.warnings).toEqual([]);
    expect({ ...off, report: 0 }).toEqual({ ...on, report: 0 });
  });
});

describe('what a budget allows', () => {
  const task = { columns: 100, repeats: 5, rows: 5000, inputs: 200, workOfRow: 950 };

  test.each([
    [2.5e9, { repeats: 5, rows: 5000 }],
    [2.49e9, { repeats: 4, rows: 5000 }],
    [5e8, { repeats: 1, rows: 5000 }],
    [4e8, { repeats: 1, rows: 4000 }],
    [1e7, { repeats: 1, rows: 100 }],
    [9.9e6, undefined],
  ])('%d units', (budget, plan) => {
    expect(planImportance(task, budget)).toEqual(plan);
  });

  test('few rows are taken as they are, and never split up further', () => {
    expect(planImportance({ ...task, rows: 30 }, 3e6)).toEqual({ repeats: 1, rows: 30 });
    expect(planImportance({ ...task, rows: 30 }, 2.9e6)).toBeUndefined();
  });

  test('rows whose inputs would not fit into memory are fewer', () => {
    expect(planImportance({ ...task, inputs: 262_144 }, 1e12)).toEqual({ repeats: 5, rows: 256 });
  });
});
