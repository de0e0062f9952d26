import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { semanticProblems } from './checks/semantic-checks.ts';
import { formatConfig } from './format.ts';
import { parseConfig } from './load.ts';
import { readYaml } from './messages/yaml-text.ts';
import { configSchema } from './sections/schema.ts';
import { configInput } from './testing/config-arbitrary.ts';

describe('formatConfig', () => {
  it('writes a file that reads back as the same configuration', () => {
    fc.assert(
      fc.property(configInput, (input) => {
        const config = configSchema.parse(input);
        const text = formatConfig(config);
        const read =
          semanticProblems(input).length === 0
            ? parseConfig(text, 'ciclo.yml').config
            : configSchema.parse(readYaml(text, 'ciclo.yml').value);
        expect(read).toEqual(config);
      }),
      { numRuns: 400 },
    );
  });

  it('leaves out defaults and writes short lists and maps on one line', () => {
    const { config } = parseConfig(
      `
task: regression
target: mpg
data:
  source: { type: file, path: data/*.csv, columns: same }
features:
  horsepower: { type: number, range: [1, 500], scale: standard, transform: { clip: [0.01, 99%] } }
split: { test: 0.2, validation: 25% }
train:
  seed: 42
  candidates: [{ type: linear }]
validate:
  gates:
    - { metric: rmse, champion: { worse-by-at-most: 2.5% } }
`,
      'ciclo.yml',
    );
    expect(formatConfig(config)).toBe(`task: regression
target: mpg
data:
  source: { type: file, path: data/*.csv }
features:
  horsepower:
    type: number
    range: [ 1, 500 ]
    transform:
      clip: [ 1%, 99% ]
split: { validation: 25% }
train:
  candidates:
    - { type: linear }
validate:
  gates:
    - metric: rmse
      champion: { worse-by-at-most: 2.5% }
`);
  });
});
