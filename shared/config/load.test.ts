import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../platform/errors.ts';
import { loadConfig, parseConfig } from './load.ts';
import { problemsOf, smallestConfig } from './testing/problems-of.ts';

const sections =
  'name, description, task, target, positive, data, features, prepare, split, train, validate, deploy, monitor, retrain';
const regressionMetrics =
  'rmse, mae, median-absolute-error, mape, smape, r2, explained-variance, max-error, mean-bias, pinball';
const metrics = `${regressionMetrics}, accuracy, balanced-accuracy, precision, recall, specificity, f1, f-beta, cost, precision-macro, recall-macro, f1-macro, precision-weighted, recall-weighted, f1-weighted, log-loss, brier, roc-auc, average-precision, mcc, cohen-kappa, ece`;

describe('parseConfig', () => {
  it('fills in every default of the smallest configuration', () => {
    const { config, file, directory } = parseConfig(smallestConfig, 'models/ciclo.yml');
    expect({ file, directory }).toEqual({ file: 'models/ciclo.yml', directory: 'models' });
    expect(config).toMatchObject({
      task: 'regression',
      split: { by: 'hash' },
      train: {
        seed: 42,
        backend: 'kernel',
        blend: true,
      },
      validate: {
        gates: [],
        inconclusive: { within: 'warn', beyond: 'fail', unmeasured: 'warn' },
        bootstrap: { confidence: 0.95 },
      },
    });
    // The portfolio: which candidates those are, the target decides.
    expect(config.train).not.toHaveProperty('candidates');
  });

  it('says all problems of a file at once, each with its place, in the order of the file', () => {
    const text = `task: regresion
taget: mpg
data:
  source: { type: fil, path: 3 }
  time: 3
features:
  a: { missing: medain, range: [1], transform: { clip: [x, 3] } }
  b: { missing: { constnt: 1 } }
  c:
split: { test: 150%, validation: 20 }
primary: rmse
train:
  seed: -1
  candidates:
    - { type: linear, layers: [3] }
    - { type: neural-network, layers: 3, epochs: "20" }
    - { type: linear, learning-rate-schedule: cosin, batch_size: 3 }
    - { type: linear, learning-rate-schedule: { step: { every: 1 } } }
    - {}
validate:
  gates:
    - { metric: rsme, max: 4 }
  metrics: rmse
`;
    expect(problemsOf(text)).toEqual([
      'ciclo.yml:1:1: task: "regresion" is not a task; did you mean "regression"? allowed: regression, binary, multiclass',
      `ciclo.yml:2:1: taget: unknown key; did you mean "target"? allowed: ${sections}`,
      'ciclo.yml:4:13: data.source.type: "fil" is not a known type; did you mean "file"? allowed: file, http, postgres, duckdb, trino',
      'ciclo.yml:5:3: data.time: 3 is a number, which is not allowed here; in quotes it is text: "3"; allowed: text',
      'ciclo.yml:7:8: features.a.missing: "medain" is not allowed; did you mean "median"? allowed: median, mean, mode, level, drop, fail; or { constant }',
      'ciclo.yml:7:25: features.a.range: [1] must have at least 2 entries',
      'ciclo.yml:7:57: features.a.transform.clip[0]: "x" is not allowed; allowed: a percentage such as 20%, or a number from 0 to 1',
      'ciclo.yml:7:60: features.a.transform.clip[1]: 3 is not allowed; did you mean 3%? allowed: a percentage such as 20%, or a number from 0 to 1',
      'ciclo.yml:8:19: features.b.missing.constnt: unknown key; did you mean "constant"? allowed: constant',
      expect.stringMatching(
        /^ciclo.yml:9:3: features.c: nothing is written here; allowed: a map with the keys type, /,
      ),
      'ciclo.yml:10:10: split.test: "150%" is not allowed; allowed: a percentage such as 20%, or a number from 0 to 1',
      'ciclo.yml:10:22: split.validation: 20 is not allowed; did you mean 20%? allowed: a percentage such as 20%, or a number from 0 to 1',
      `ciclo.yml:11:1: primary: unknown key here; did you mean validate.primary? allowed: ${sections}`,
      'ciclo.yml:13:3: train.seed: -1 is not allowed; allowed: a whole number of at least 0',
      expect.stringMatching(
        /^ciclo.yml:15:23: train.candidates\[0\].layers: this key belongs to type neural-network; allowed: type, /,
      ),
      'ciclo.yml:16:31: train.candidates[1].layers: 3 is a number, which is not allowed here; did you mean [3]? allowed: a list of: a whole number from 1 to 4096',
      'ciclo.yml:16:42: train.candidates[1].epochs: "20" is not allowed; did you mean 20, without quotes? allowed: auto; or a whole number of at least 1',
      'ciclo.yml:17:23: train.candidates[2].learning-rate-schedule: "cosin" is not allowed; did you mean "cosine"? allowed: constant, cosine; or { step }; or { plateau }',
      expect.stringMatching(
        /^ciclo.yml:17:54: train.candidates\[2\].batch_size: unknown key; did you mean "batch-size"\?/,
      ),
      'ciclo.yml:18:49: train.candidates[3].learning-rate-schedule.step.factor: is missing (What the learning rate is multiplied by each time); allowed: a number above 0 and of at most 1',
      'ciclo.yml:19:7: train.candidates[4].type: is missing; allowed: linear, neural-network, boosted-trees, command',
      `ciclo.yml:22:9: validate.gates[0].metric: "rsme" is not a metric; did you mean "rmse"? allowed: ${metrics}`,
      `ciclo.yml:23:3: validate.metrics: "rmse" is text, which is not allowed here; did you mean ["rmse"]? allowed: a list of: ${metrics}; or { metric, beta, missed, false-alarm }`,
    ]);
  });

  it('says what is missing, at the map where it belongs', () => {
    expect(problemsOf('name: fuel\ndata: {}\n')).toEqual([
      'ciclo.yml:1:1: task: is missing (What is predicted: a number, one of two classes, or one of several); allowed: regression, binary, multiclass',
      'ciclo.yml:1:1: target: is missing (Column to predict); allowed: text',
      'ciclo.yml:2:1: data.source: is missing (Where the rows are); allowed: { type: file, … }; or { type: http, … }; or { type: postgres, … }; or { type: duckdb, … }; or { type: trino, … }',
    ]);
  });

  it.each([
    ['', 'ciclo.yml:1:1: the file is empty; the smallest configuration is'],
    ['# nothing\n', 'ciclo.yml:1:1: the file is empty; the smallest configuration is'],
    ['- task', 'ciclo.yml:1:1: the file is a list, not a map of keys such as task, target and data'],
    [
      'task:regression',
      'ciclo.yml:1:1: the file is the single value "task:regression", not a map of keys such as task, target and data; a space is needed after the colon',
    ],
    [
      'task: [a',
      'ciclo.yml:1:9: this is not YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a:\n\t- b', 'ciclo.yml:2:1: a tab is used for indentation; YAML wants spaces'],
    ['a: 1\n---\nb: 2', 'ciclo.yml:2:1: a second document begins here (---); the file holds one'],
    ['task: *other', 'ciclo.yml:1:7: the alias *other has no anchor &other before it'],
    ['a: &a [*a]', 'ciclo.yml:1:1: an alias (*name) contains itself; write the values out'],
    ['a: !!binary abc', 'ciclo.yml:1:4: tags (!name) are not supported'],
    ['? [a]\n: 1', 'ciclo.yml:1:3: a key must be plain text'],
  ])('refuses %j', (text, first) => {
    expect(problemsOf(text)[0]).toBe(first);
  });

  it('refuses what is nested too deeply', () => {
    expect(problemsOf('['.repeat(20_000))).toEqual([
      'ciclo.yml:1:1: lists or maps are nested too deeply to be read',
    ]);
  });

  it('refuses aliases that multiply the file', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(problemsOf(lines.join('\n'))).toEqual([
      'ciclo.yml:1:1: aliases (*name) multiply the file over 100 times; write the values out',
    ]);
  });

  it('reports a key that is given twice beside the other problems', () => {
    expect(problemsOf(`${smallestConfig}split: { test: 10%, test: 20% }\ntrain: { sede: 1 }\n`)).toEqual([
      'ciclo.yml:5:21: the key "test" is given twice in the same map; keep one',
      'ciclo.yml:6:10: train.sede: unknown key; did you mean "seed"? allowed: seed, backend, candidates, blend, search, trend-columns, learning-curve, infer-limit, max-size, importance',
    ]);
  });

  it('points at what an alias stands for', () => {
    const text = `${smallestConfig}validate:\n  gates:\n    - &g { metric: rsme, max: 1 }\n    - *g\n`;
    const lines = problemsOf(text);
    expect(lines.map((line) => line.split(': ')[0])).toEqual(['ciclo.yml:7:12', 'ciclo.yml:7:12']);
  });

  it('reports impossible combinations beside wrong values elsewhere', () => {
    const text = `${smallestConfig}split: { test: 60%, validation: 40% }\ntrain: { backend: gpu }\n`;
    expect(problemsOf(text)).toEqual([
      'ciclo.yml:5:1: split: test 60% and validation 40% leave no rows to train on; allowed: less than 100% together',
      'ciclo.yml:6:10: train.backend: "gpu" is not allowed; did you mean "cpu"? allowed: kernel, wasm, node, cpu',
    ]);
  });

  it('refuses the key __proto__', () => {
    expect(problemsOf(`${smallestConfig}features: { __proto__: { polluted: 1 } }\n`)).toEqual([
      'ciclo.yml:5:13: "__proto__" cannot be a key: JavaScript keeps the name for itself',
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('locates a key path, and of one that is not written the nearest ancestor', () => {
    const { locate } = parseConfig(
      `${smallestConfig}validate:\n  gates:\n    - metric: rmse\n      max: 4\n`,
      'ciclo.yml',
    );
    expect(locate(['validate', 'gates', 0, 'max'])).toEqual({ file: 'ciclo.yml', line: 8, column: 7 });
    expect(locate(['validate', 'gates', 3])).toEqual({ file: 'ciclo.yml', line: 6, column: 3 });
    expect(locate(['train', 'seed'])).toEqual({ file: 'ciclo.yml', line: 1, column: 1 });
  });

  it('gives equal digests to equal configurations, however they are written', () => {
    const digest = (text: string): string => parseConfig(text, 'ciclo.yml').digest;
    const other = `# a comment
data: { source: { path: "data/*.csv", type: file } }
target: mpg
split: { by: hash }
task: regression\n`;
    expect(digest(other)).toBe(digest(smallestConfig));
    expect(digest(`${smallestConfig}split: { test: 21% }\n`)).not.toBe(digest(smallestConfig));
  });
});

describe('loadConfig', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });
  async function folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'ciclo-config-'));
    folders.push(path);
    return path;
  }

  it('reads a file with a byte order mark and Windows line ends', async () => {
    const file = join(await folder(), 'ciclo.yml');
    await writeFile(file, `\uFEFF${smallestConfig.replaceAll('\n', '\r\n')}`);
    expect((await loadConfig(file)).config.target).toBe('mpg');
  });

  it('says which file is not there, is a folder or is not text', async () => {
    const path = await folder();
    const file = join(path, 'ciclo.yml');
    const refusal = async (name: string): Promise<string> => {
      const error: unknown = await loadConfig(name).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigurationError);
      return (error as Error).message;
    };
    expect(await refusal(file)).toBe(
      `cannot read the configuration ${file}: there is no such file; name another with --config`,
    );
    expect(await refusal(path)).toBe(
      `cannot read the configuration ${path}: it is a folder; name the file in it`,
    );
    await writeFile(file, Uint8Array.of(0x74, 0xff, 0xfe));
    expect(await refusal(file)).toBe(
      `cannot read the configuration ${file}: it is not UTF-8 text; save it as UTF-8`,
    );
  });
});
