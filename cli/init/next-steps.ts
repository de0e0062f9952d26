import type { WorkflowFile } from '../../shared/init/workflow-texts.ts';
import type { Checkout } from '../session/checkout.ts';

/** What is still to be done, in the order in which it is done. */
export interface NextSteps {
  /** Commands from here to a pull request that is judged. */
  readonly commands: readonly string[];
  /** Pages of the repository's settings, or what to look for there where it is not on GitHub yet. */
  readonly settings: readonly Setting[];
}

/** A setting that no file can make. */
export interface Setting {
  readonly what: string;
  /** Its page, where the repository is known. */
  readonly page?: string;
}

/** The branch of the first pull request. */
const ownBranch = 'ciclo-init';

/** What is known when everything is written. */
export interface Written {
  readonly checkout: Checkout | undefined;
  /** Files to commit, from the folder that the command runs in. */
  readonly files: readonly string[];
  /** Those of them that hold the data; none where it lies elsewhere. */
  readonly data: readonly string[];
  readonly target: string;
  readonly environment: string;
  readonly secrets: readonly string[];
  readonly workflows: readonly WorkflowFile[];
  /** Whom CODEOWNERS names, as `@acme`; undefined for nobody. */
  readonly owner: string | undefined;
}

/** From files that lie there to a pull request with a comment. */
export function nextSteps(written: Written): NextSteps {
  return { commands: commandsOf(written), settings: settingsOf(written) };
}

/**
 * Two commands, wherever it begins: what is there goes to the default branch of a remote, and what init wrote to a branch
 * of its own. A model whose first commit lies on the default branch has no pull request in which it is judged.
 */
function commandsOf({ checkout, files, data, target }: Written): string[] {
  const commit = (paths: readonly string[], message: string): string =>
    `git add ${paths.map(shellWord).join(' ')} && git commit -m ${shellWord(message)}`;
  const added = [...new Set(files.map((file) => file.replace(/((?:^|\/)\.github)\/.*/, '$1')))];
  const model = commit(added, `Add a model of ${target}`);
  const proposed = (paths: readonly string[]): string =>
    `git switch -c ${ownBranch} && ${commit(paths, `Add a model of ${target}`)} && git push -u origin ${ownBranch} && gh pr create --fill`;
  // Something has to be committed, for there to be a branch that a pull request is made to.
  const before = [...files.filter((file) => /(?:^|\/)\.git(?:ignore|attributes)$/.test(file)), ...data];
  const first = commit(before, data.length > 0 ? 'Add the data' : 'First commit');
  const later = proposed(added.filter((file) => !before.includes(file)));
  const create = 'gh repo create --private --source . --push';
  if (!checkout) return [`git init -b main && ${first} && ${create}`, later];
  const { remote, hasCommits, branch, defaultBranch, isPushed } = checkout;
  if (remote === undefined) {
    return hasCommits ? [create, proposed(added)] : [`${first} && ${create}`, later];
  }
  if (!hasCommits) return [`${first} && git push -u origin ${shellWord(branch ?? defaultBranch)}`, later];
  const isOnDefault = branch === undefined || branch === defaultBranch;
  const used = isOnDefault ? ownBranch : branch;
  return [
    `${isOnDefault ? `git switch -c ${used} && ` : ''}${model}`,
    `${isPushed ? '' : `git push -u origin ${shellWord(defaultBranch)} && `}git push -u origin ${shellWord(used)} && gh pr create --fill`,
  ];
}

function settingsOf({ checkout, environment, secrets, workflows, owner }: Written): Setting[] {
  const page = (path: string): { page?: string } =>
    checkout?.gitHub === undefined ? {} : { page: `https://github.com/${checkout.gitHub}/settings/${path}` };
  return [
    ...(secrets.length === 0
      ? []
      : [{ what: `add the secrets ${secrets.join(', ')}`, ...page('secrets/actions') }]),
    ...(workflows.includes('model.yml')
      ? [
          {
            what: 'require the check "gate / gate" on the default branch',
            ...page('rules/new?target=branch'),
          },
          { what: `say who may deploy to the environment ${environment}`, ...page('environments') },
        ]
      : []),
    ...(workflows.includes('drift.yml')
      ? [
          {
            what: 'tick "Allow GitHub Actions to create and approve pull requests", for the retraining pull request',
            ...page('actions'),
          },
        ]
      : []),
    ...(workflows.includes('pages.yml')
      ? [{ what: 'choose "GitHub Actions" as the source of Pages', ...page('pages') }]
      : []),
    ...(mayBeOrganisation(owner, checkout)
      ? [
          {
            what: `where ${owner!.slice(1)} is an organisation, name a team in CODEOWNERS, such as ${owner}/model-owners: GitHub takes persons and teams alone`,
          },
        ]
      : []),
  ];
}

/** The owner of a repository is a person or an organisation, and its name does not say which. */
function mayBeOrganisation(owner: string | undefined, checkout: Checkout | undefined): boolean {
  return owner !== undefined && owner === `@${checkout?.gitHub?.split('/')[0]}`;
}

/** A word as a shell takes it. */
function shellWord(word: string): string {
  return /^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
