import { expect, test } from 'vitest';
import { workflow } from './project-files.ts';

interface Run {
  readonly event: string;
  readonly ref?: string;
  readonly run?: number;
  readonly number?: number;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Expressions of these workflows use only operators that mean the same in JavaScript. */
function evaluate(template: string, scope: { readonly github: object; readonly inputs: object }): string {
  return template.replaceAll(/\$\{\{(.+?)\}\}/g, (_, expression: string) => {
    const script = expression.replaceAll(/inputs\.([\w-]+)/g, 'inputs["$1"]');
    return String(new Function('github', 'inputs', `return ${script}`)(scope.github, scope.inputs));
  });
}

const { concurrency } = workflow('.github/workflows/gate.yml').jobs.gate!;

function gate({ event, ref = 'refs/pull/7/merge', run = 1, number, inputs }: Run): {
  group: string;
  cancels: boolean;
} {
  const scope = {
    github: {
      event_name: event,
      workflow_ref: `acme/models/.github/workflows/model.yml@${ref}`,
      run_id: run,
      event: number === undefined ? {} : { pull_request: { number } },
    },
    inputs: { 'working-directory': '.', config: 'ciclo.yml', runner: 'ubuntu-latest', ...inputs },
  };
  return {
    group: evaluate(concurrency!.group, scope),
    cancels: evaluate(String(concurrency!['cancel-in-progress']), scope) === 'true',
  };
}

const pull = { event: 'pull_request', number: 7 };

test('a new commit of a pull request cancels the run for the one before it', () => {
  const [before, after] = [gate({ ...pull, run: 1 }), gate({ ...pull, run: 2 })];
  expect(after).toEqual(before);
  expect(after.cancels).toBe(true);
});

test('so do a review and a label, by which somebody may have agreed', () => {
  const [before, after] = [
    gate({ ...pull, run: 1 }),
    gate({ ...pull, event: 'pull_request_review', run: 2 }),
  ];
  expect(after).toEqual(before);
});

test.each<[string, Run]>([
  ['another pull request', { ...pull, number: 8, ref: 'refs/pull/8/merge' }],
  ['another pipeline', { ...pull, inputs: { 'working-directory': 'models/price' } }],
  ['another file', { ...pull, inputs: { config: 'price.yml' } }],
  ['another runner of a matrix', { ...pull, inputs: { runner: 'ubuntu-24.04-arm' } }],
  ['a push', { event: 'push', ref: 'refs/heads/main' }],
  ['a merge group', { event: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc' }],
])('%s is left alone', (_, other) => {
  expect(gate(other).group).not.toBe(gate(pull).group);
});

test.each(['push', 'merge_group', 'workflow_dispatch'])(
  'runs of %s neither cancel nor replace each other',
  (event) => {
    const [one, two] = [gate({ event, run: 1 }), gate({ event, run: 2 })];
    expect(one.group).not.toBe(two.group);
    expect(one.cancels || two.cancels).toBe(false);
  },
);

test("the group is not one that a caller's own would be, which would cancel the caller", () => {
  const { group } = gate(pull);
  for (const used of [
    'model',
    'model-refs/pull/7/merge',
    'acme/models/.github/workflows/model.yml@refs/pull/7/merge',
  ]) {
    expect(group).not.toBe(used);
  }
});

test('comments of two commits wait for nobody: a waiting job would be replaced, and its comment lost', () => {
  const of = workflow('.github/workflows/comment.yml').jobs.comment!.concurrency!;
  const group = (head_sha: string): string =>
    evaluate(of.group, { github: { event: { workflow_run: { workflow_id: 1, head_sha } } }, inputs: {} });
  expect(group('a')).not.toBe(group('b'));
  expect(of['cancel-in-progress']).toBe(false);
});
