import { describe, expect, test } from 'vitest';
import { type LogEntry, recordingLogger, silentLogger } from '../../../platform/logger.ts';
import { foldedHouses } from '../../testing/folded-houses.ts';
import { type CandidateInput, type HousesOptions, houses } from '../../testing/model-builders.ts';
import { trainFolds } from '../train-folds.ts';
import { trainModel } from '../train-model.ts';
import { beyondLimit, partToLeave } from './model-limits.ts';

const ports = { logger: silentLogger };
const linear: CandidateInput = { type: 'linear' };
const trees: CandidateInput = { type: 'boosted-trees', rounds: 40, patience: 5, 'learning-rate': 0.3 };
const network: CandidateInput = { type: 'neural-network', layers: [8], epochs: 12 };

function blendedHouses(options: HousesOptions = {}) {
  const all = { rows: 240, candidates: [linear, trees, network], ...options };
  return foldedHouses({ ...all, train: { blend: true, importance: 'off', ...options.train } });
}

describe('a blend’s limits', () => {
  test('leave parts out, the least useful first, and say so', async () => {
    const whole = (await trainFolds(blendedHouses(), ports)).report.blend!;
    const log: LogEntry[] = [];
    const limited = blendedHouses({ train: { 'infer-limit': whole.work - 1 } });
    const { report } = await trainFolds(limited, { logger: recordingLogger(log) });
    const used = whole.parts.filter(({ weight }) => weight > 0);
    const [least] = used.toSorted((a, b) => a.without! - b.without!);
    expect(report.blend!.parts.map(({ name }) => name)).not.toContain(least!.name);
    expect(report.blend!.work).toBeLessThan(whole.work);
    const warning = expect.stringMatching(
      new RegExp(
        `^${least!.name} is left out of the blend, which is worth least to it: one prediction takes`,
      ),
    );
    expect(report.warnings).toEqual([warning]);
    expect(log).toContainEqual(expect.objectContaining({ level: 'warn', message: warning }));
    const reached = report.blend!.parts.reduce((sum, { weight }) => sum + weight, 0);
    expect(reached).toBeCloseTo(1, 9);
  });

  test('of bytes that no part holds are refused, with what helps', async () => {
    await expect(trainFolds(blendedHouses({ train: { 'max-size': 4 } }), ports)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(
        /is left, and still its models take .* and train\.max-size allows 4; allow more/,
      ),
    });
  });

  test('keep a small part where a large one that has nearly all weight is beyond them by itself', async () => {
    const candidates: CandidateInput[] = [
      { ...trees, 'min-rows': 5 },
      { ...linear, l2: 0.5 },
    ];
    const whole = (await trainFolds(blendedHouses({ candidates }), ports)).report.blend!;
    const [ofTrees, ofLinear] = whole.parts;
    expect(ofTrees!.weight).toBeGreaterThan(0.5);
    // Five linear models of the folds hold it, one model of trees does not.
    const limited = blendedHouses({ candidates, train: { 'max-size': ofLinear!.bytes || 200 } });
    const { report } = await trainFolds(limited, ports);
    expect(report.blend!.parts.map(({ name, weight }) => [name, weight])).toEqual([['linear', 1]]);
    expect(report.warnings).toEqual([
      expect.stringMatching(/^boosted-trees is left out of the blend: of it alone its models take/),
    ]);
  });

  const part = (name: string, more: { weight: number; bytes: number; without?: number }) => ({
    ...{ name, type: 'linear', score: 3, members: 1, work: 1, ...more },
  });

  test('let the only part with a weight go where others are there', () => {
    const parts = [
      part('large', { weight: 1, bytes: 9000, without: 4 }),
      part('small', { weight: 0, bytes: 0, without: 3 }),
    ];
    const report = { score: 3, parts, bytes: 9000, work: 1 };
    const limits = { 'max-size': 1000 };
    const left = partToLeave(report, { better: 'lower', limits, why: 'its models take 9,000 bytes' });
    expect(left.name).toBe('large');
  });

  test('are those of an archive, too', () => {
    expect(beyondLimit({ work: 1, bytes: 1, members: 109 }, {})).toBeUndefined();
    expect(beyondLimit({ work: 1, bytes: 1, members: 110 }, {})).toBe(
      'it has 110 models in two files each, and an archive of a model holds 220',
    );
  });
});

describe('limits where nothing is blended', () => {
  const alone = { blend: false, importance: 'off' } as const;
  const both: CandidateInput[] = [
    { ...linear, l2: 0.5 },
    { ...trees, 'min-rows': 5 },
  ];

  test.each(['sides', 'folds'] as const)('keep what is beyond them from being chosen: %s', async (way) => {
    const chosen = async (train: HousesOptions['train'], candidates = both) => {
      const options = { candidates, train: { ...alone, ...train } };
      return way === 'sides'
        ? (await trainModel(houses(options), ports)).report
        : (await trainFolds(foldedHouses(options), ports)).report;
    };
    const free = await chosen({});
    expect(free.chosen).toBe('boosted-trees');
    const limited = await chosen({ 'max-size': 100 });
    expect(limited.chosen).toBe('linear');
    expect(limited.warnings).toContainEqual(
      expect.stringMatching(
        /^boosted-trees is left out: its models take [\d,]+ bytes, and train\.max-size allows 100$/,
      ),
    );
    await expect(chosen({ 'infer-limit': 2 }, [linear])).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(
        /^train: of linear one prediction takes \d+ multiplications, and train\.infer-limit allows 2; allow more/,
      ),
    });
  });
});
