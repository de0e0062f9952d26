import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../shared/config/load.ts';
import { messageOf } from '../../shared/platform/errors.ts';
import { isWorkflow } from '../workflows/project-files.ts';
import { type Block, blocksOf, pages } from './markdown-files.ts';

/** A page shows a part of ciclo.yml: the rest is the smallest that can be around it. */
const heads = ['regression', 'binary', 'multiclass'].map((task) => ({ task, target: 'y' }));
const source = { type: 'file', path: 'data/*.csv' };

/** A list of steps, such as stands under data.steps: with the sources that it names. */
function withSteps(steps: unknown): object {
  const named = JSON.stringify(steps).includes('customers') ? { customers: source } : {};
  const join = { join: { with: 'customers', on: 'id' } };
  return { data: { sources: { rows: source, ...named }, steps: [...(steps as object[]), join] } };
}

/** The block as whole files: for each task, as most parts are of one. */
function asConfigs({ text }: Block): string[] {
  const value: unknown = parse(text);
  const part = Array.isArray(value) ? withSteps(value) : (value as Record<string, unknown>);
  if ('task' in part) return [text];
  return heads.map((head) => JSON.stringify({ ...head, data: { source }, ...part }));
}

const yaml = blocksOf(pages.filter((file) => file !== 'docs/guides/github-actions.md')).filter(
  ({ language }) => language === 'yaml',
);
const declarations = yaml.filter((block) => !isWorkflow(block.text));

describe('ciclo.yml as the pages show it', () => {
  test('is looked at', () => expect(declarations.length).toBeGreaterThan(30));

  test.each(declarations)('is accepted: $file:$line', (block) => {
    const problems = asConfigs(block).map((text) => {
      try {
        parseConfig(text, 'ciclo.yml');
        return '';
      } catch (error) {
        return messageOf(error);
      }
    });
    expect(problems.some((problem) => problem === '') ? '' : problems[0]).toBe('');
  });
});
