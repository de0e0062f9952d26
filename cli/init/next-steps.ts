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

/** What is known when everything is written. */
export interface Written {
  readonly checkout: Checkout | undefined;
  /** Files to commit, from the folder that the command runs in. */
  readonly files: readonly string[];
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

function commandsOf({ checkout, files, target }: Written): string[] {
  const added = new Set(files.map((file) => file.replace(/((?:^|\/)\.github)\/.*/, '$1')));
  const add = `git add ${[...added].map(shellWord).join(' ')}`;
  const commit = `git commit -m ${shellWord(`Add a model of ${target}`)}`;
  if (!checkout) {
    return [
      `git init -b main && ${add} && ${commit}`,
      'gh repo create --private --source . --push',
      'git switch -c first-change # change a line of ciclo.yml, commit, push, gh pr create: the gate answers',
    ];
  }
  if (checkout.remote === undefined) {
    return [
      `${add} && ${commit}`,
      'gh repo create --private --source . --push',
      'git switch -c first-change # change a line of ciclo.yml, commit, push, gh pr create: the gate answers',
    ];
  }
  if (!checkout.hasCommits) {
    return [
      `${add} && ${commit}`,
      `git push -u origin ${shellWord(checkout.branch ?? checkout.defaultBranch)}`,
    ];
  }
  const isOnDefault = checkout.branch === undefined || checkout.branch === checkout.defaultBranch;
  const branch = isOnDefault ? 'ciclo-init' : checkout.branch;
  return [
    `${isOnDefault ? `git switch -c ${branch} && ` : ''}${add} && ${commit}`,
    `git push -u origin ${shellWord(branch)} && gh pr create --fill`,
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
