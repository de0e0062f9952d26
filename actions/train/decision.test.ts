import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { prepare } from '../prepare/prepare.ts';
import { pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { validate } from '../validate/validate.ts';
import { train } from './train.ts';

const candidates = {
  linear: { type: 'linear' },
  network: { type: 'neural-network', layers: [4], epochs: 5 },
  trees: { type: 'boosted-trees', rounds: 10 },
} as const;

/** Rows whose rarer class is more probable the larger x is. */
function csv(): string {
  const random = createRandom('decision');
  const lines = Array.from({ length: 400 }, (_, id) => {
    const x = random.normal();
    const y = random.next() < 1 / (1 + Math.exp(1.5 - 1.2 * x)) ? 'bad' : 'good';
    return `${id},${x.toFixed(4)},${random.normal().toFixed(4)},${y}`;
  });
  return `id,x,z,y\n${lines.join('\n')}\n`;
}

async function trained(candidate: object, rules: object, positive = 'bad') {
  const config = {
    ...{ name: 'decided', task: 'binary', target: 'y', positive },
    data: { source: { type: 'file', path: 'data/*.csv' }, key: 'id' },
    train: { candidates: [candidate], importance: { repeats: 1 } },
    validate: { bootstrap: { resamples: 100 }, ...rules },
  };
  const folder = await pipelineFolder(JSON.stringify(config), { 'data/rows.csv': csv() });
  const { pipeline } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
  const { folder: place, report } = await train({ pipeline }, quietPorts());
  return { folder, pipeline, report, place, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const engineOf = async (place: string) => JSON.parse(await readFile(path.join(place, 'engine.json'), 'utf8'));

describe.each(Object.entries(candidates))('a %s model', (_kind, candidate) => {
  // The classes are bad and good, sorted: the engine gives the probability of the second.
  test.each([
    ['bad', 0.7],
    ['good', 0.3],
  ])('has the declared threshold 0.3 of %s in engine.json, and goes by it', async (positive, stored) => {
    await using model = await trained(candidate, { decision: { threshold: 0.3 } }, positive);
    expect((await engineOf(model.place)).threshold).toBeCloseTo(stored, 12);
    const { predictor } = await readModelFolder(model.place);
    const said = Array.from({ length: 41 }, (_, i) => predictor.predictRecord({ x: (i - 20) / 5, z: 0 }));
    for (const one of said) {
      if (!('label' in one)) throw new Error('a classifier answers with a label');
      expect(one.label === positive).toBe(one.probabilities[positive]! > 0.3);
    }
    const { evaluation } = await validate({ pipeline: model.pipeline }, quietPorts());
    expect(evaluation.operatingPoint!.threshold).toBe(0.3);
    const row = evaluation.thresholds!.find(({ threshold }) => threshold === 0.3)!;
    expect(evaluation.operatingPoint!.predicted).toBe(row.predicted);
  });

  test(`chooses the threshold of least cost on the validation rows`, async () => {
    const costs = { missed: 10, 'false-alarm': 1 };
    const gates = [
      { metric: 'cost', max: 5 },
      { metric: 'cost', baseline: { 'better-by-at-least': '0%' } },
    ];
    await using model = await trained(candidate, { decision: { costs }, primary: 'cost', gates });
    const { decision } = model.report;
    expect(decision).toMatchObject({ costs, rows: model.report.rows.validation });
    expect(decision!.threshold).toBeLessThan(0.5);
    expect((await engineOf(model.place)).threshold).toBeCloseTo(1 - decision!.threshold, 12);
    const { evaluation } = await validate({ pipeline: model.pipeline }, quietPorts());
    expect(evaluation.primary).toBe('cost(10,1)');
    expect(evaluation.gates[0]).toMatchObject({ outcome: 'pass', declared: 'cost(10,1) at most 5' });
    // To call every row bad costs the share of good ones; to call none bad costs ten times the share of bad ones.
    const bad = evaluation.perClass!.find((one) => one.class === 'bad')!.rows / evaluation.rows;
    const cost = evaluation.metrics.find(({ name }) => name === 'cost(10,1)')!;
    expect(cost.baseline).toBeCloseTo(Math.min(1 - bad, 10 * bad), 12);
  });
});

test('without a decision a folder of layers has no engine.json, and its bytes stay', async () => {
  await using plain = await trained(candidates.linear, {});
  await expect(engineOf(plain.place)).rejects.toThrow('ENOENT');
  await using half = await trained(candidates.linear, { decision: { threshold: 0.5 } });
  await expect(engineOf(half.place)).rejects.toThrow('ENOENT');
});

test('another decision is another training', async () => {
  await using model = await trained(candidates.linear, { decision: { threshold: 0.3 } });
  const file = path.join(model.folder.path, 'ciclo.yml');
  await model.folder.write('ciclo.yml', (await readFile(file, 'utf8')).replace('0.3', '0.4'));
  expect(await refusalOf(validate({ pipeline: await model.folder.pipeline() }, quietPorts()))).toMatch(
    /another configuration \(train, validate\.primary, validate\.decision\) than ciclo\.yml says now: run ciclo train again/,
  );
});
