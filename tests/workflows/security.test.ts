import { describe, expect, test } from 'vitest';
import {
  actionFiles,
  examples,
  type Step,
  textOf,
  type Workflow,
  workflow,
  workflowFiles,
} from './project-files.ts';

const commit = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const own = /^(\$|ciclo-ml\/ciclo)\//;

function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap((job) => job.steps ?? []);
}

describe.each(workflowFiles)('%s', (file) => {
  const parsed = workflow(file);

  test('grants nothing but what each job states', () => {
    expect(parsed.permissions).toEqual({});
    for (const job of Object.values(parsed.jobs)) expect(job.permissions).toBeDefined();
  });

  test("says of each permission what it is for, and pins others' actions by commit with the version beside", () => {
    const lines = textOf(file).split('\n');
    for (const line of lines) {
      if (/^\s+[a-z-]+: (read|write)\b/.test(line)) expect(line).toMatch(/ # to \w/);
      const used = /uses: (\S+)(.*)$/.exec(line);
      if (!used || own.test(used[1]!)) continue;
      expect(used[1]).toMatch(commit);
      expect(used[2]).toMatch(/ # v\d+\.\d+\.\d+$/);
    }
  });

  test('leaves no token behind in the checkout, and lets no expression into a shell', () => {
    for (const step of stepsOf(parsed)) {
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false);
      expect(step.run ?? '').not.toContain('${{');
    }
  });

  test('gives a reason for each finding of the linter that it ignores', () => {
    for (const [, reason] of textOf(file).matchAll(/zizmor: ignore\[[\w-]+\](.*)$/gm)) {
      expect(reason!.trim().length).toBeGreaterThan(20);
    }
  });
});

test('the same action is pinned to the same commit everywhere', () => {
  const pins = new Map<string, Set<string>>();
  for (const file of workflowFiles) {
    for (const [, name, pin] of textOf(file).matchAll(/uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40} # \S+)/g)) {
      pins.set(name!, (pins.get(name!) ?? new Set()).add(pin!));
    }
  }
  for (const [name, found] of pins) expect([name, ...found]).toHaveLength(2);
  expect(pins.size).toBeGreaterThan(0);
});

test('the workflow that comments for forks has one step, our own: it checks out and runs nothing', () => {
  const [job, ...others] = Object.values(workflow('.github/workflows/comment.yml').jobs);
  expect(others).toEqual([]);
  expect(job!.steps!.map(({ uses, run }) => uses ?? run)).toEqual(['$/actions/comment']);
  expect(job!.permissions).not.toHaveProperty('checks');
  expect(textOf('.github/workflows/comment.yml')).not.toContain('secrets.');
});

test('it runs for pull requests from other repositories alone', () => {
  const { if: condition } = Object.values(workflow('.github/workflows/comment.yml').jobs)[0]!;
  const starts = (event: string, of: string, head: string | undefined): unknown =>
    new Function('github', `return ${condition}`)({
      event_name: event,
      repository: 'acme/models',
      event: { workflow_run: { event: of, head_repository: { full_name: head } } },
    });
  expect(starts('workflow_run', 'pull_request', 'someone/models')).toBe(true);
  expect(starts('workflow_run', 'pull_request', undefined)).toBe(true);
  expect(starts('workflow_run', 'pull_request', 'acme/models')).toBe(false);
  expect(starts('workflow_run', 'push', 'someone/models')).toBe(false);
  expect(starts('push', 'pull_request', 'someone/models')).toBe(false);
});

test.each(['gate', 'deploy', 'drift'])(
  '%s.yml hands secrets to the step that reads data, one by one',
  (name) => {
    const text = textOf(`.github/workflows/${name}.yml`);
    expect(text).not.toMatch(/toJSON\(secrets\)|\$\{\{ secrets \}\}|secrets\[/);
    const readers: readonly (string | undefined)[] = ['$/actions/prepare', '$/actions/drift-check'];
    const using = Object.values(workflow(`.github/workflows/${name}.yml`).jobs).flatMap(({ steps = [] }) =>
      steps.filter((step) => JSON.stringify(step).includes('secrets.')).map(({ uses }) => uses),
    );
    const others = using.filter((uses) => !readers.includes(uses));
    expect(using.filter((uses) => readers.includes(uses))).toHaveLength(1);
    expect(others.every((uses) => uses?.startsWith('actions/create-github-app-token@'))).toBe(true);
    const named = [...text.matchAll(/^ +(CICLO_\w+): \$\{\{ secrets\.(\w+) \}\}/gm)];
    expect(named).toHaveLength(12);
    for (const [, variable, secret] of named) expect(secret).toBe(variable);
  },
);

test('no description holds an expression, which the runner would refuse', () => {
  for (const file of [...actionFiles, ...workflowFiles]) {
    const descriptions = textOf(file).match(/^ +description:(?: >-\n(?: {4,}[^:\n]*\n)+| .*$)/gm) ?? [];
    expect(descriptions.filter((text) => text.includes('${{'))).toEqual([]);
  }
});

test('no example of the documentation grants a job everything or uses pull_request_target', () => {
  for (const { text } of examples()) {
    expect(text).toContain('permissions: {}');
    expect(text).not.toMatch(/write-all|pull_request_target|secrets: inherit/);
  }
});
