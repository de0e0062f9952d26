import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { qualityReportSchema } from '../../shared/dataset/quality/quality-report.ts';
import { publishedSchema } from '../../shared/init/published-actions.ts';
import { evaluationWarning } from '../../shared/metrics/evaluation/evaluation-warning.ts';
import { runtimePackage, runtimeVersion } from '../../shared/model/onnx/runtime-places.ts';
import { duckdbPackage, duckdbVersion } from '../../shared/source/duckdb/duckdb-package.ts';
import { root, textOf } from '../workflows/project-files.ts';
import { pages } from './markdown-files.ts';

/** Rows of the table below a heading: the text of the first cell. */
function firstCells(file: string, heading: string): string[] {
  const section = textOf(file).split(`\n${heading}\n`)[1]!.split(/\n#+ /)[0]!;
  return [...section.matchAll(/^\| (.+?) \|/gm)].map((match) => match[1]!);
}

test('first-model.md has every question of ciclo init, with "…" for what it fills in', () => {
  const call =
    /(?:questions\s*\.\s*(?:choose|several|confirm|text)(?:<[^>]*>)?|await column)\(\s*(['`])(.+?)\1/gs;
  const asked = globSync('cli/init/{asked-choices,initialise}.ts', { cwd: root })
    .flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(call)])
    .map(([, , text]) => text!.replaceAll(/\$\{[^}]*\}/g, '…'));
  expect(asked.length).toBeGreaterThan(8);
  const shown = firstCells('docs/first-model.md', '## 1. Look, ask, write').map((cell) =>
    cell.replaceAll('… …', '…'),
  );
  const plain = (text: string): string => text.replaceAll(/…(?: …)+/g, '…');
  expect(asked.filter((text) => !shown.map(plain).includes(plain(text)))).toEqual([]);
});

test('data.md has every kind of remark on a table', () => {
  const kinds = qualityReportSchema.shape.remarks.unwrap().element.shape.kind.options;
  const shown = firstCells('docs/guides/data.md', '## What the table seems to be');
  expect(kinds.filter((kind) => !shown.includes(`\`${kind}\``))).toEqual([]);
});

test('data.md has every kind of warning of an evaluation', () => {
  const text = textOf('docs/guides/data.md')
    .split('\nAfter training, an evaluation warns')[1]!
    .split('\n\n')[0]!;
  expect(evaluationWarning.shape.kind.options.filter((kind) => !text.includes(`\`${kind}\``))).toEqual([]);
});

test.each(pages.filter((page) => textOf(page).includes('yaml-language-server')))(
  '%s names the schema that ciclo init names',
  (page) => {
    const named = [...textOf(page).matchAll(/yaml-language-server: \$schema=(\S+)/g)].map(
      (match) => match[1],
    );
    expect([...new Set(named)]).toEqual([publishedSchema]);
  },
);

test('the README shows the permissions and triggers of the example workflows', () => {
  const blocks = [...textOf('README.md').matchAll(/```yaml\n(on:[\s\S]*?)```/g)].map(
    (match) => parse(match[1]!) as { on: object; jobs: Record<string, { permissions: object }> },
  );
  expect(blocks.length).toBe(2);
  for (const [at, file] of ['model', 'drift'].entries()) {
    const whole = parse(textOf(`example-repo/.github/workflows/${file}.yml`)) as (typeof blocks)[number];
    const { on, jobs } = blocks[at]!;
    expect(whole.on).toMatchObject(on);
    for (const [job, { permissions }] of Object.entries(jobs))
      expect(whole.jobs[job]!.permissions).toEqual(permissions);
  }
});

test('packages that a page installs have the versions that Ciclo names', () => {
  const versions: Readonly<Record<string, string>> = {
    [runtimePackage]: runtimeVersion,
    [duckdbPackage]: duckdbVersion,
  };
  const installed = pages.flatMap((page) =>
    [...textOf(page).matchAll(/npm install (?:--[\w-]+ +)*((?:@[\w-]+\/)?\w[\w-]*)(?:@([\w.-]+\w))?/g)].map(
      ([, name, version]) => ({ page, name: name!, version }),
    ),
  );
  expect(installed.length).toBeGreaterThan(3);
  expect(installed.filter(({ name, version }) => versions[name] !== version)).toEqual([]);
});

test("the example's comment.yml names every pipeline that its model.yml judges", () => {
  const read = (file: string): unknown => parse(textOf(`example-repo/.github/workflows/${file}.yml`));
  const { jobs: judged } = read('model') as {
    jobs: { gate: { strategy: { matrix: { folder: string[] } } } };
  };
  const { jobs: commented } = read('comment') as { jobs: { comment: { with: { config: string } } } };
  const folders = judged.gate.strategy.matrix.folder;
  expect(commented.comment.with.config.trim().split('\n').sort()).toEqual(
    folders.map((folder) => path.posix.join(folder, 'ciclo.yml')).sort(),
  );
});
