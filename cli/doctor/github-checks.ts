import { ForgeError } from '../../shared/forge/ports/forge-error.ts';
import type { RepositorySettings } from '../../shared/forge/ports/repository-settings.ts';
import { listNames } from '../../shared/text/nearest-name.ts';
import { type Finding, ok } from './finding.ts';
import type { WorkflowOfRepository } from './workflow-checks.ts';

/** What the settings of a repository are held against. */
export interface Expected {
  /** `owner/name` */
  readonly repository: string;
  readonly defaultBranch: string;
  readonly workflows: readonly WorkflowOfRepository[];
  readonly environment: string;
  readonly secrets: readonly string[];
  /** Whether there is a CODEOWNERS file. */
  readonly codeOwners: boolean;
}

/**
 * How the repository is set up at GitHub.
 *
 * @param settings undefined without a token: then each finding says where to look.
 */
export async function gitHubFindings(
  settings: RepositorySettings | undefined,
  expected: Expected,
): Promise<Finding[]> {
  const used = new Set(expected.workflows.flatMap(({ calls }) => calls.map(({ workflow }) => workflow)));
  const looks = [
    ...(expected.workflows.length > 0 ? [schedules(expected)] : []),
    ...(used.has('gate') ? [requiredCheck(expected)] : []),
    ...(used.has('deploy') ? [environment(expected)] : []),
    ...(used.has('drift') ? [pullRequests(expected)] : []),
    ...(expected.secrets.length > 0 ? [secrets(expected)] : []),
    ...(expected.codeOwners ? [codeOwners(expected)] : []),
  ];
  return Promise.all(looks.map((look) => looked(look, settings)));
}

/** One thing to look at: by the API, or by a person. */
interface Look {
  readonly check: string;
  readonly what: string;
  /** A page, or a command that shows it. */
  readonly where: string;
  ask(settings: RepositorySettings): Promise<Finding>;
}

async function looked(
  { check, what, where, ask }: Look,
  settings: RepositorySettings | undefined,
): Promise<Finding> {
  const unknown = (why: string): Finding => ({
    check,
    status: 'unknown',
    message: `${what}: ${why}`,
    mend: `look at ${where}`,
  });
  if (!settings) return unknown('not looked at, since neither GITHUB_TOKEN nor GH_TOKEN is set');
  try {
    return await ask(settings);
  } catch (error) {
    // What the token may not see, or GitHub did not tell, is not known: that is no fault of the repository.
    if (error instanceof ForgeError) return unknown(error.message);
    throw error;
  }
}

const page = (repository: string, place: string): string =>
  `https://github.com/${repository}/settings/${place}`;

function schedules({ repository, workflows }: Expected): Look {
  const files = workflows.map(({ file }) => file);
  return {
    check: 'workflow state',
    what: 'whether GitHub runs the workflows',
    where: `https://github.com/${repository}/actions, or: gh workflow list --all`,
    async ask(settings) {
      const stopped = (await settings.workflows()).filter(
        ({ file, state }) => files.includes(file) && state !== 'active',
      );
      const [first] = stopped;
      if (!first) return ok('workflow state', 'GitHub runs the workflows');
      const why =
        first.state === 'disabled_inactivity'
          ? ', since nothing has happened in the repository for long'
          : '';
      return {
        check: 'workflow state',
        status: 'fail',
        message: `${listNames(stopped.map(({ file }) => file))} ${stopped.length === 1 ? 'is' : 'are'} disabled${why}`,
        mend: stopped.map(({ file }) => `gh workflow enable ${file.split('/').at(-1)}`).join(' && '),
      };
    },
  };
}

function requiredCheck({ repository, defaultBranch, workflows }: Expected): Look {
  const jobs = workflows.flatMap(({ calls }) =>
    calls.flatMap(({ workflow, job }) => (workflow === 'gate' ? [job] : [])),
  );
  return {
    check: 'required check',
    what: `whether ${defaultBranch} requires the gate`,
    where: page(repository, 'rules'),
    async ask(settings) {
      const required = await settings.requiredChecks(defaultBranch);
      const gates = required.filter((name) => / \/ gate$/.test(name) || jobs.includes(name));
      return gates.length > 0
        ? ok('required check', `${defaultBranch} requires ${listNames(gates)}`)
        : {
            check: 'required check',
            status: 'warn',
            message: `a pull request can be merged into ${defaultBranch} whatever the gate says`,
            mend: `require the check "gate / gate": ${page(repository, 'rules/new?target=branch')}`,
          };
    },
  };
}

function environment({ repository, environment: name }: Expected): Look {
  return {
    check: 'environment',
    what: `who may deploy to ${name}`,
    where: page(repository, 'environments'),
    async ask(settings) {
      const rules = await settings.environmentRules(name);
      if (rules !== undefined && rules > 0)
        return ok('environment', `${name} is protected by ${rules} rules`);
      return {
        check: 'environment',
        status: 'warn',
        message:
          rules === undefined
            ? `there is no environment ${name} yet: the first deployment makes it, without protection`
            : `whatever is merged is deployed to ${name}: nothing protects it`,
        mend: `name reviewers or branches: ${page(repository, 'environments')}`,
      };
    },
  };
}

function pullRequests({ repository }: Expected): Look {
  return {
    check: 'pull requests',
    what: 'whether the drift check may open a pull request',
    where: page(repository, 'actions'),
    ask: async (settings) =>
      (await settings.mayOpenPullRequests())
        ? ok('pull requests', 'the drift check may open pull requests')
        : {
            check: 'pull requests',
            status: 'fail',
            message: 'workflows may not open pull requests: a retraining stops there',
            mend: `tick "Allow GitHub Actions to create and approve pull requests": ${page(repository, 'actions')}`,
          },
  };
}

function secrets({ repository, secrets: needed }: Expected): Look {
  return {
    check: 'stored secrets',
    what: `whether ${listNames(needed)} are stored`,
    where: `${page(repository, 'secrets/actions')}, or: gh secret list`,
    async ask(settings) {
      const stored = await settings.secretNames();
      const missing = needed.filter((name) => !stored.includes(name));
      return missing.length === 0
        ? ok('stored secrets', `${listNames(needed)} are stored`)
        : {
            check: 'stored secrets',
            status: 'warn',
            message: `the repository has no secret ${listNames(missing)} (the organisation or an environment may have)`,
            mend: missing.map((name) => `gh secret set ${name}`).join(' && '),
          };
    },
  };
}

function codeOwners({ repository, defaultBranch }: Expected): Look {
  const check = 'known owners';
  const where = `https://github.com/${repository}/blob/${defaultBranch}/.github/CODEOWNERS`;
  return {
    check,
    what: 'whether GitHub knows who CODEOWNERS names, and lets them write',
    where,
    async ask(settings) {
      const errors = await settings.codeOwnersErrors(defaultBranch);
      if (errors.length === 0) return ok(check, 'GitHub knows who CODEOWNERS names');
      const named = errors.map(({ file, line, kind, suggestion }) => {
        const advice = suggestion === undefined ? '' : ` (${suggestion.trim()})`;
        return `${file}:${line}: ${kind}${advice}`;
      });
      return {
        check,
        status: 'fail',
        message: `GitHub asks nobody by these lines of CODEOWNERS: ${listNames(named, 5)}`,
        mend: 'name persons, or teams such as @acme/model-owners, that may write to the repository',
      };
    },
  };
}
