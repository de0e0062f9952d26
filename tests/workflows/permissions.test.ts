import { describe, expect, test } from 'vitest';
import { reusableWorkflow } from '../../shared/init/published-actions.ts';
import { type ReusableWorkflow, workflowRights } from '../../shared/init/workflow-rights.ts';
import { examples, textOf, workflow } from './project-files.ts';

/** Permissions of the reusable workflows, a part of what v1 promises (DESIGN §12.10). */
function asked(name: string): Record<string, string> {
  const asked: Record<string, string> = {};
  // A caller grants what any of the jobs asks for: `write` holds `read`.
  for (const { permissions } of Object.values(workflow(`.github/workflows/${name}.yml`).jobs)) {
    for (const [right, level] of Object.entries(permissions ?? {})) {
      if (asked[right] !== 'write') asked[right] = level;
    }
  }
  return asked;
}

/** Rows `| \`contents: read\` | … |` of a Markdown text. */
function tableOf(markdown: string): Record<string, string> {
  const rows = [...markdown.matchAll(/^\| `([a-z-]+): (read|write)` \|/gm)];
  return Object.fromEntries(rows.map(([, name, right]) => [name!, right!]));
}

/** Permissions that a caller grants. */
function granted(text: string, name: string): Record<string, string> | undefined {
  const call = text.indexOf(reusableWorkflow(name));
  const block = /permissions:\s*(\{[^}]*\}|(?:\n +[a-z-]+: (?:read|write).*)+)/.exec(text.slice(call));
  if (call === -1 || !block) return undefined;
  return Object.fromEntries(
    [...block[1]!.matchAll(/([a-z-]+): (read|write)/g)].map(([, of, right]) => [of!, right!]),
  );
}

describe.each([
  ['gate', 'model.yml'],
  ['deploy', 'model.yml'],
  ['drift', 'drift.yml'],
  ['pages', 'pages.yml'],
  ['comment', 'comment.yml'],
])('the permissions that %s.yml asks for', (name, caller) => {
  test('are those in the guide', () => {
    const section = textOf('docs/guides/github-actions.md').split(`\n\`${name}.yml\`:\n`)[1]!;
    expect(tableOf(section.split(/\n(?=`|The steps)/)[0]!)).toEqual(asked(name));
  });

  test('are what the example repository grants, no more and no less', () => {
    expect(granted(textOf(`example-repo/.github/workflows/${caller}`), name)).toEqual(asked(name));
  });

  test('are what a job of ciclo init grants', () => {
    const rights = workflowRights[name as ReusableWorkflow].map(({ permission, level }) => [
      permission,
      level,
    ]);
    expect(Object.fromEntries(rights)).toEqual(asked(name));
  });

  test('are what every example of the documentation grants', () => {
    for (const { text } of examples()) {
      const rights = granted(text, name);
      if (rights) expect(rights).toEqual(asked(name));
    }
  });
});

test.each([
  ['deploy', 'judge', 'deploy', ['prepare', 'train', 'validate']],
  ['drift', 'challenge', 'propose', ['drift-check']],
] as const)('of %s.yml the job that trains may only read', (name, trains, writes, verbs) => {
  const { jobs } = workflow(`.github/workflows/${name}.yml`);
  expect(Object.keys(jobs)).toEqual([trains, writes]);
  expect(jobs[trains]!.permissions).toEqual({ contents: 'read' });
  const usedBy = (job: string) =>
    jobs[job]!.steps!.flatMap(({ uses = '' }) => /\/actions\/(.+)$/.exec(uses)?.[1] ?? []);
  for (const verb of verbs) {
    expect(usedBy(trains)).toContain(verb);
    expect(usedBy(writes)).not.toContain(verb);
  }
  // No App's token, no script: nothing but what is read there.
  expect(
    jobs[trains]!.steps!.filter(({ uses = '', run }) => run !== undefined || uses.includes('token')),
  ).toEqual([]);
  expect(jobs[writes]!.steps!.filter(({ run }) => run !== undefined)).toEqual([]);
});

test('the gate may never deploy', () => {
  for (const right of ['deployments', 'id-token', 'pages', 'packages', 'attestations']) {
    expect(asked('gate')).not.toHaveProperty(right);
  }
  expect(asked('gate').contents).toBe('read');
});

test('each action needs no more than the workflow that runs it has', () => {
  const levels = ['read', 'write'];
  for (const [action, runner] of [
    ['prepare', 'gate'],
    ['setup', 'gate'],
    ['train', 'gate'],
    ['validate', 'gate'],
    ['deploy', 'deploy'],
    ['drift-check', 'drift'],
    ['propose', 'drift'],
    ['site', 'pages'],
    ['comment', 'comment'],
  ] as const) {
    const needed = tableOf(textOf(`actions/${action}/README.md`));
    expect(needed).not.toEqual({});
    for (const [name, right] of Object.entries(needed)) {
      expect(levels.indexOf(asked(runner)[name] ?? '')).toBeGreaterThanOrEqual(levels.indexOf(right));
    }
  }
});

test('the three jobs have the permissions that their actions need', () => {
  const { jobs } = workflow('docs/examples/three-jobs.yml');
  for (const [name, job] of Object.entries(jobs)) {
    expect(job.permissions).toEqual(tableOf(textOf(`actions/${name}/README.md`)));
  }
});
