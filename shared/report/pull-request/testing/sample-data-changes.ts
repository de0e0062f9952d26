import type { DataChanges } from '../../../dataset/profile/data-changes.ts';

/** How the data of a passing pull request differs from its champion's. */
export function sampleDataChanges(overrides: Partial<DataChanges> = {}): DataChanges {
  return {
    rows: { before: 198, after: 242 },
    target: { before: 'mpg', after: 'mpg' },
    classes: { added: [], gone: [] },
    columns: [
      {
        name: 'power_to_weight',
        role: 'feature',
        kind: 'new',
        type: { before: undefined, after: 'number' },
        roles: { before: undefined, after: 'feature' },
        weight: 2,
      },
      {
        name: 'year',
        role: 'feature',
        kind: 'values',
        type: { before: 'number', after: 'number' },
        roles: { before: 'feature', after: 'feature' },
        missing: { before: 0, after: 0 },
        numbers: {
          mean: { before: 1973.6, after: 1975.1 },
          spread: { before: 2.31, after: 3.02 },
          shift: 0.6494,
        },
        weight: 0.2598,
      },
      {
        name: 'origin',
        role: 'feature',
        kind: 'values',
        type: { before: 'category', after: 'category' },
        roles: { before: 'feature', after: 'feature' },
        missing: { before: 0, after: 0.0041 },
        categories: {
          added: [],
          gone: [],
          moved: 0.0713,
          most: { value: 'USA', before: 0.6717, after: 0.6004 },
        },
        weight: 0.0713,
      },
      {
        name: 'weight',
        role: 'feature',
        kind: 'values',
        type: { before: 'number', after: 'number' },
        roles: { before: 'feature', after: 'feature' },
        missing: { before: 0, after: 0 },
        numbers: { mean: { before: 3051, after: 3040 }, spread: { before: 861, after: 858 }, shift: -0.0128 },
        weight: 0.0051,
      },
    ],
    ...overrides,
  };
}
