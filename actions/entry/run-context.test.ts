import { describe, expect, test } from 'vitest';
import { parseRunContext } from './run-context.ts';

const environment = {
  GITHUB_REPOSITORY: 'acme/fuel',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_SHA: 'c'.repeat(40),
  GITHUB_RUN_ID: '4711',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_WORKSPACE: '/home/runner/work/fuel/fuel',
};
const pull = (repository: string | null) => ({
  pull_request: {
    number: 7,
    head: { ref: 'change', sha: 'a'.repeat(40), repo: repository && { full_name: repository } },
    base: { ref: 'main', sha: 'b'.repeat(40) },
  },
});

describe('the context of a run', () => {
  test('a pull request: checks belong to its head, not to the merge commit that runs', () => {
    const context = parseRunContext(environment, pull('acme/fuel'));
    expect(context).toMatchObject({
      repository: { owner: 'acme', name: 'fuel' },
      commit: 'a'.repeat(40),
      base: { branch: 'main', commit: 'b'.repeat(40) },
      pullRequest: { number: 7, fork: false },
      run: { id: 4711, attempt: 2, url: 'https://github.com/acme/fuel/actions/runs/4711' },
      apiUrl: 'https://api.github.com',
    });
  });

  test.each([['stranger/fuel'], [null]])('a head in %s is a fork', (repository) => {
    expect(parseRunContext(environment, pull(repository)).pullRequest?.fork).toBe(true);
  });

  test('names of repositories do not differ by case', () => {
    expect(parseRunContext(environment, pull('Acme/Fuel')).pullRequest?.fork).toBe(false);
  });

  test('a merge group: checks belong to its head, and it has no pull request to comment on', () => {
    const group = { head_sha: 'd'.repeat(40), base_sha: 'e'.repeat(40), base_ref: 'refs/heads/main' };
    const context = parseRunContext(
      { ...environment, GITHUB_EVENT_NAME: 'merge_group' },
      { merge_group: group },
    );
    expect(context.commit).toBe(group.head_sha);
    expect(context.base).toEqual({ branch: 'main', commit: group.base_sha });
    expect(context.pullRequest).toBeUndefined();
  });

  test('a push: the commit that was pushed', () => {
    const context = parseRunContext(
      { ...environment, GITHUB_EVENT_NAME: 'push' },
      { ref: 'refs/heads/main' },
    );
    expect(context.commit).toBe(environment.GITHUB_SHA);
    expect(context.base).toBeUndefined();
  });

  test('outside of GitHub Actions it says what is missing and what to use instead', () => {
    const { GITHUB_REPOSITORY: _, ...rest } = environment;
    expect(() => parseRunContext(rest, {})).toThrow(
      /^this action runs in GitHub Actions, whose runner sets GITHUB_REPOSITORY; here it is undefined .*the command ciclo$/,
    );
  });
});
