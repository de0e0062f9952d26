import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { parse } from 'yaml';
import { reusableWorkflow } from '../../shared/init/published-actions.ts';

/** The project's root. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function filesMatching(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root, dot: true, ignore: ['**/node_modules/**'] }).sort();
}

/** The project's own and reusable workflows, what a user copies, and the guides' examples. */
export const workflowFiles = filesMatching(
  '.github/workflows/*.yml',
  'example-repo/.github/workflows/*.yml',
  'docs/examples/*.yml',
);

export const actionFiles = filesMatching('actions/*/action.yml');

/** Prose whose YAML is workflows, or parts of them. */
const workflowProse = [...filesMatching('actions/*/README.md'), 'docs/guides/github-actions.md'];
/** Prose that shows workflows among other YAML. */
const mixedProse = filesMatching('README.md', 'example-repo/README.md', 'docs/**/*.md').filter(
  (file) => !file.startsWith('docs/adr/') && !workflowProse.includes(file),
);

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': string | boolean };
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Action {
  readonly inputs?: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs?: Readonly<Record<string, { readonly value?: string }>>;
  readonly runs: { readonly using: string; readonly main?: string; readonly steps?: readonly Step[] };
}

export function workflow(file: string): Workflow {
  return parse(textOf(file)) as Workflow;
}

export function action(name: string): Action {
  return parse(textOf(`actions/${name}/action.yml`)) as Action;
}

/** A YAML block of a Markdown file, as a whole workflow. */
export interface Example {
  readonly file: string;
  readonly number: number;
  readonly text: string;
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** Whether a YAML block is a workflow or a part of one, and not of ciclo.yml. */
export function isWorkflow(block: string): boolean {
  return /^(on|jobs):/m.test(block) || /^(- | {2,})uses:|^ {2,}secrets:/m.test(block);
}

/** Steps become a job, and so do the lines of a calling job; a workflow is what it is. */
function asWorkflow(block: string): string {
  if (/^on:/m.test(block)) return block;
  if (/^jobs:/m.test(block)) return `on: push\npermissions: {}\n${block}`;
  if (/^ {2}\w/.test(block)) {
    const before = 'deploy: { runs-on: ubuntu-latest, steps: [{ run: "true" }] }';
    return `on: push\npermissions: {}\njobs:\n  ${before}\n${block}`;
  }
  const head = 'on: push\npermissions: {}\njobs:\n  example:\n';
  if (block.startsWith('- ')) {
    return `${head}    runs-on: ubuntu-latest\n    steps:\n${indented(block, 6)}`;
  }
  return `${head}    uses: ${reusableWorkflow('gate')}\n${block}`;
}

/** Every workflow that the prose shows, and every part of one, as a workflow of its own. */
export function examples(): Example[] {
  return [...workflowProse, ...mixedProse].flatMap((file) =>
    [...textOf(file).matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
      .map((match, index) => ({ file, number: index + 1, block: match[1]! }))
      .filter(({ block }) => workflowProse.includes(file) || isWorkflow(block))
      .map(({ block, ...example }) => ({ ...example, text: asWorkflow(block) })),
  );
}
