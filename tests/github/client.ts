import { addCommit } from './commit-seed.ts';
import { addRepository, addToken, openPullRequest } from './seed.ts';
import { type GitHub, startGitHub } from './server.ts';

/** An emulated GitHub with one repository, `ciclo-ml/fuel`, its pull request 1 and a token of each kind. */
export async function start(options: Parameters<typeof startGitHub>[0] = {}) {
  const github = await startGitHub(options);
  const repository = addRepository(github.state, 'ciclo-ml/fuel');
  addCommit(repository, {
    branch: 'main',
    files: { 'ciclo.yml': 'name: fuel\n', 'data/cars.csv': 'mpg\n18\n' },
  });
  addCommit(repository, { branch: 'change', files: { 'ciclo.yml': 'name: fuel # changed\n' } });
  openPullRequest(github.state, repository, { branch: 'change' });
  addToken(github.state, 'workflow');
  addToken(github.state, 'person', { kind: 'pat', login: 'octocat' });
  addToken(github.state, 'fork', {
    permissions: { contents: 'read', pull_requests: 'read', checks: 'read' },
  });
  return { github, repository };
}

/** A request without a client library, to test the emulator itself. */
export interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  readonly token?: string;
  readonly accept?: string;
}

export async function send(
  github: GitHub,
  path: string,
  { method = 'GET', body, token = 'workflow', accept }: Sent = {},
) {
  const response = await fetch(`${github.url}${path}`, {
    method,
    headers: {
      authorization: `token ${token}`,
      'content-type': 'application/json',
      ...(accept === undefined ? {} : { accept }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type') === 'application/json; charset=utf-8';
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}
