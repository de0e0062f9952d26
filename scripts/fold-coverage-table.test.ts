import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldResults, foldResultsPath } from './fold-coverage-table.ts';

const { cells } = foldResults.parse(JSON.parse(readFileSync(foldResultsPath, 'utf8')));

describe('the measured coverage of intervals of rows in folds', () => {
  it('is at least 92% for every difference, lengthened', () => {
    const differences = cells.filter(({ metric }) => !metric.endsWith(' itself'));
    expect(differences.filter(({ coverage }) => coverage < 92)).toEqual([]);
    expect(differences.some(({ plain }) => plain < 90)).toBe(true);
  });
});
