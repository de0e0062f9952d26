import { expect, test } from 'vitest';
import { send, start } from './client.ts';

const comments = '/repos/ciclo-ml/fuel/issues/1/comments';
const checks = '/repos/ciclo-ml/fuel/check-runs';

test.each([
  ['a body without what is required', comments, 'POST', { text: 'hello' }, /body .*required property 'body'/],
  ['a body of another type', comments, 'POST', { body: 7 }, /body \/body: must be string/],
  [
    'a property that GitHub does not know',
    comments,
    'POST',
    { body: 'hello', pinned: true },
    /\/pinned: not in/,
  ],
  [
    'more annotations than fit a request',
    checks,
    'POST',
    tooManyAnnotations(),
    /must NOT have more than 50 items/,
  ],
  ['a completed check without conclusion', `${checks}/7`, 'PATCH', { status: 'completed' }, /'conclusion'/],
  ['an unknown query parameter', `${comments}?per-page=100`, 'GET', undefined, /"per-page" is not one of/],
  [
    'a query parameter of another type',
    `${comments}?page=two`,
    'GET',
    undefined,
    /"page": .*must be integer/,
  ],
  [
    'a path variable of another type',
    '/repos/ciclo-ml/fuel/pulls/undefined',
    'GET',
    undefined,
    /\{pull_number\}/,
  ],
  [
    'an operation that GitHub does not have',
    '/repos/ciclo-ml/fuel/verdicts',
    'GET',
    undefined,
    /no such operation/,
  ],
  [
    'an operation that is not emulated',
    '/repos/ciclo-ml/fuel/branches',
    'GET',
    undefined,
    /emulator has no such/,
  ],
])('%s is a violation', async (_, path, method, body, message) => {
  const { github } = await start();
  await send(github, path, { method, body });
  expect(() => github.assertNoViolations()).toThrow(message);
  await expect(github[Symbol.asyncDispose]()).rejects.toThrow(message);
});

function tooManyAnnotations() {
  const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
  const output = { title: 't', summary: 's', annotations: Array(51).fill(annotation) };
  return { name: 'n', head_sha: 's', conclusion: 'success', output };
}

test.each([
  ['a missing property', { id: 1 }, /answer 200 .*required property/],
  ['a property of our own', undefined, /answer 200 \/verdict: not in GitHub's description/],
])("an answer of the emulator's that GitHub would not give is a violation: %s", async (_, body, message) => {
  const { github } = await start();
  const real = (await send(github, '/repos/ciclo-ml/fuel')).body;
  github.routes([
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}',
      contract: 'openapi',
      answer: () => ({ status: 200, body: body ?? { ...real, verdict: 'pass' } }),
    },
  ]);
  await send(github, '/repos/ciclo-ml/fuel');
  const violations = github.takeViolations();
  expect(violations.map((violation) => violation.message).join('\n')).toMatch(message);
  await github[Symbol.asyncDispose]();
});
