import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { nextSteps } from '../../cli/init/next-steps.ts';
import { root, textOf } from '../workflows/project-files.ts';
import { blocksOf } from './markdown-files.ts';

/** What scripts/record-first-pull-request.ts wrote. */
const recorded = globSync('docs/examples/first-pull-request/*.md', { cwd: root }).sort();

/** Questions that `ciclo init` asks today, with anything for what it fills in. */
const questions = globSync('cli/init/{asked-choices,initialise}.ts', { cwd: root })
  .flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(/(['`])([^'`\n]+)\1/g)])
  .map(([, , text]) => text!.split(/\$\{[^}]*\}/).map((piece) => piece.replaceAll(/[^\w ]/g, '\\$&')))
  .map((pieces) => new RegExp(`^${pieces.join('.+')}$`));

const configOf = (page: string) =>
  parse(blocksOf([page]).find(({ language }) => language === 'yaml')!.text) as Record<string, unknown>;

describe('the recordings of a first pull request', () => {
  test('are of the three tasks', () => {
    expect(recorded.map((page) => configOf(page).task).sort()).toEqual(['binary', 'multiclass', 'regression']);
  });

  test.each(recorded)('%s has the commands that ciclo init names today', (page) => {
    const [init, ...others] = blocksOf([page])
      .filter(({ language }) => language === 'sh')
      .map(({ text }) => text.trim());
    const name = path.basename(page, '.md');
    expect(init).toMatch(new RegExp(`^npx ciclo init ${name}\\.csv( |$)`));
    const written = [...textOf(page).matchAll(/^(?:Files)? +(\S+) {2}written$/gm)].map((match) => match[1]!);
    expect(written).toContain('ciclo.lock');
    const { commands } = nextSteps({
      checkout: {
        root: '.',
        folder: '.',
        remote: 'origin',
        gitHub: `acme/${name}`,
        branch: 'main',
        defaultBranch: 'main',
        hasCommits: true,
        isPushed: true,
      },
      files: [...written, `${name}.csv`],
      data: [`${name}.csv`],
      target: String(configOf(page).target),
      environment: 'production',
      secrets: [],
      workflows: ['model.yml'],
      owner: '@acme',
    });
    expect(others.slice(0, 2)).toEqual(commands);
  });

  test.each(recorded)('%s has the questions that ciclo init asks today', (page) => {
    const asked = [...textOf(page).matchAll(/^◇ {2}(.+)$/gm)].map((match) => match[1]!);
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.filter((text) => !questions.some((question) => question.test(text)))).toEqual([]);
  });

  test.each(recorded)('%s says nothing of a machine or a clock', (page) => {
    expect(textOf(page)).not.toMatch(/\/tmp\/|\/home\/|\/root\/|localhost|127\.0\.0\.1|\[\d[\d.m]*(?:m?s)\]/);
  });
});
