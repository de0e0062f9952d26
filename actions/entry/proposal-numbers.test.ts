import { describe, expect, it } from 'vitest';
import { numberOutputs } from './proposal-numbers.ts';

describe('the number of what a check led to', () => {
  it.each([
    ['pull-request', { 'pull-request': '4', issue: '' }],
    ['issue', { 'pull-request': '', issue: '4' }],
    ['rollback', { 'pull-request': '', issue: '4' }],
    // The number of a pull request that keeps a check quiet is not one that it opened.
    ['none', { 'pull-request': '', issue: '' }],
  ] as const)('of a %s goes by its kind', (kind, outputs) => {
    expect(numberOutputs({ kind, number: 4, reason: '' })).toEqual(outputs);
  });

  it('is empty where nothing was done', () => {
    expect(numberOutputs(undefined)).toEqual({ 'pull-request': '', issue: '' });
  });
});
