import { counted } from '../../shared/text/counts.ts';
import type { Checkout } from '../session/checkout.ts';
import { git } from '../session/git.ts';
import { type Finding, ok } from './finding.ts';

/** The checkout: a commit, a whole history, the tags of its versions, a remote. */
export async function repositoryFindings(
  checkout: Checkout | undefined,
  name: string | undefined,
): Promise<Finding[]> {
  if (!checkout) {
    return [
      {
        check: 'repository',
        status: 'fail',
        message: 'this folder is in no git repository, and versions are tags of one',
        mend: 'git init -b main && git add --all && git commit -m "First commit"',
      },
    ];
  }
  return [
    checkout.hasCommits
      ? ok('repository', `${checkout.root}, on ${checkout.branch ?? 'no branch'}`)
      : {
          check: 'repository',
          status: 'fail',
          message: 'the repository has no commit, and a version is a tag on one',
          mend: 'git add --all && git commit -m "First commit"',
        },
    remoteFinding(checkout),
    await historyFinding(checkout),
    ...(checkout.remote === undefined || name === undefined ? [] : [await tagsFinding(checkout, name)]),
  ];
}

function remoteFinding({ remote, gitHub }: Checkout): Finding {
  if (gitHub !== undefined) return ok('remote', `github.com/${gitHub}`);
  return remote === undefined
    ? {
        check: 'remote',
        status: 'warn',
        message: 'there is no remote origin: nothing judges pull requests yet',
        mend: 'gh repo create --private --source . --push',
      }
    : {
        check: 'remote',
        status: 'warn',
        message: 'origin is not on github.com: workflows are checked by their files alone',
        mend: 'on a GitHub Enterprise Server, see docs/guides/github-actions.md',
      };
}

async function historyFinding({ root }: Checkout): Promise<Finding> {
  const shallow = await git(
    root,
    ['rev-parse', '--is-shallow-repository'],
    'looking whether the clone is whole',
  );
  return shallow === 'true'
    ? {
        check: 'history',
        status: 'warn',
        message:
          'the clone is shallow: versions of commits that it lacks cannot be verified or rolled back to here',
        mend: 'git fetch --unshallow --tags',
      }
    : ok('history', 'the clone has its whole history');
}

async function tagsFinding({ root }: Checkout, name: string): Promise<Finding> {
  const here = await git(root, ['tag', '--list', `${name}@*`, `${name}#*`], 'listing tags');
  const known = here.split('\n').filter((tag) => tag !== '').length;
  const { tagsElsewhere } = await import('../../shared/forge/local/remote-tags.ts');
  const elsewhere = await tagsElsewhere(root, name);
  if (elsewhere === undefined) return ok('tags', `${counted(known, 'tag')} of ${name}, all that origin has`);
  if ('problem' in elsewhere) {
    return {
      check: 'tags',
      status: 'unknown',
      message: `${counted(known, 'tag')} of ${name} here; ${elsewhere.place} could not be asked which it has: ${elsewhere.problem}`,
      mend: 'git fetch --tags',
    };
  }
  return {
    check: 'tags',
    status: 'warn',
    message: `${elsewhere.place} has tags of ${name} that this clone lacks: it does not know what is in production`,
    mend: 'git fetch --tags',
  };
}
