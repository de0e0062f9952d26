import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type CallingWorkflow,
  callsIn,
  missingRights,
  type WorkflowCall,
} from '../../shared/init/called-workflows.ts';
import { listNames } from '../../shared/text/nearest-name.ts';
import type { Checkout } from '../session/checkout.ts';
import { git } from '../session/git.ts';
import { type Finding, ok } from './finding.ts';

/** A workflow file that calls Ciclo's. */
export interface WorkflowOfRepository extends CallingWorkflow {
  /** `.github/workflows/model.yml` */
  readonly file: string;
}

/** After so many days without a commit GitHub stops the schedules of a public repository. */
const quietDays = 60;
const day = 24 * 60 * 60 * 1000;

/** The workflow files that call Ciclo's, and what is wrong with files that cannot be read. */
export async function readWorkflows(
  root: string,
): Promise<{ workflows: WorkflowOfRepository[]; findings: Finding[] }> {
  const folder = path.join(root, '.github', 'workflows');
  const names = await readdir(folder).catch(() => []);
  const workflows: WorkflowOfRepository[] = [];
  const findings: Finding[] = [];
  for (const name of names.filter((one) => /\.ya?ml$/.test(one)).sort()) {
    const file = `.github/workflows/${name}`;
    try {
      const read = callsIn(await readFile(path.join(folder, name), 'utf8'));
      if (read.calls.length > 0) workflows.push({ file, ...read });
    } catch (error) {
      const message = `${file} is no YAML: ${(error as Error).message.split('\n')[0]}`;
      findings.push({
        check: 'workflows',
        status: 'fail',
        message,
        mend: 'fix the file: GitHub does not run it',
      });
    }
  }
  return { workflows, findings };
}

/** What can be seen of the workflows in their files. */
export function workflowFindings(
  workflows: readonly WorkflowOfRepository[],
  { folder, secrets }: { readonly folder: string; readonly secrets: readonly string[] },
): Finding[] {
  const called = workflows.flatMap(({ calls, file }) => calls.map((call) => ({ ...call, file })));
  return [
    ...usedFindings(called),
    ...called.flatMap(rightsFindings),
    ...called.flatMap((call) => secretFindings(call, { folder, secrets })),
  ];
}

type Call = WorkflowCall & { readonly file: string };

function usedFindings(called: readonly Call[]): Finding[] {
  const used = new Set(called.map(({ workflow }) => workflow));
  if (!used.has('gate')) {
    const message = 'no workflow judges pull requests';
    return [
      { check: 'workflows', status: 'warn', message, mend: 'ciclo init writes .github/workflows/model.yml' },
    ];
  }
  return [ok('workflows', `${[...used].join(', ')} are called`)];
}

function rightsFindings(call: Call): Finding[] {
  const missing = missingRights(call);
  if (missing.length === 0)
    return [ok('permissions', `${call.file}, job ${call.job}: it grants what it needs`)];
  const message = `${call.file}, job ${call.job}: the run ends before it starts, since the job grants too little`;
  return [
    {
      check: 'permissions',
      status: 'fail',
      message,
      mend: `jobs.${call.job}.permissions: ${missing.join(', ')}`,
    },
  ];
}

/** Secrets that ciclo.yml asks for and a job that reads the data does not pass on. */
function secretFindings(
  call: Call,
  { folder, secrets }: { readonly folder: string; readonly secrets: readonly string[] },
): Finding[] {
  const reads = ['gate', 'deploy', 'drift'].includes(call.workflow);
  if (
    !reads ||
    secrets.length === 0 ||
    (call.folder !== undefined && path.posix.normalize(call.folder) !== folder)
  ) {
    return [];
  }
  const passed = call.secrets;
  if (passed === 'inherit' || passed.includes('source-env')) return [];
  const missing = secrets.filter((name) => !passed.includes(name));
  if (missing.length === 0)
    return [ok('secrets', `${call.file}, job ${call.job}: ${listNames(secrets)} passed on`)];
  return [
    {
      check: 'secrets',
      status: 'fail',
      message: `${call.file}, job ${call.job}: ciclo.yml asks for ${listNames(missing)}, which the job does not pass on`,
      mend: `jobs.${call.job}.secrets: ${missing.map((name) => `${name}: \${{ secrets.${name} }}`).join(', ')}`,
    },
  ];
}

/** Whether schedules may have been stopped because nothing has happened for long. @param now milliseconds since 1970. */
export async function scheduleFinding(
  { root, defaultBranch }: Checkout,
  workflows: readonly WorkflowOfRepository[],
  now: number,
): Promise<Finding[]> {
  const scheduled = workflows.find((one) => one.scheduled);
  if (!scheduled) return [];
  const known = await git(
    root,
    ['rev-parse', '--verify', '--quiet', `origin/${defaultBranch}`],
    'looking for origin',
  );
  const newest = await git(
    root,
    ['log', '-1', '--format=%ct', known === '' ? 'HEAD' : known],
    'looking for the newest commit',
  );
  const days = Math.floor((now - Number(newest) * 1000) / day);
  return days <= quietDays
    ? [ok('schedule', `${scheduled.file}: the newest commit is ${days} days old`)]
    : [
        {
          check: 'schedule',
          status: 'warn',
          message: `${scheduled.file}: the newest commit of ${defaultBranch} is ${days} days old, and GitHub stops schedules of public repositories after ${quietDays} days without one`,
          mend: `gh workflow enable ${path.posix.basename(scheduled.file)}`,
        },
      ];
}
