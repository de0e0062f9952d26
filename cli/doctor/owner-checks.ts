import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { namesFile, ownerFiles, ownersOf, parseCodeOwners } from '../../shared/init/code-owners.ts';
import { listNames } from '../../shared/text/nearest-name.ts';
import type { Checkout } from '../session/checkout.ts';
import { git } from '../session/git.ts';
import { type Finding, ok } from './finding.ts';
import type { WorkflowOfRepository } from './workflow-checks.ts';

const check = 'code owners';

/**
 * Whether somebody is asked when the rules change by which models are judged: ciclo.yml, the workflows, and CODEOWNERS itself.
 * Where there is neither a CODEOWNERS file nor a repository on GitHub, nothing is to be said.
 */
export async function ownerFindings(
  { root, folder, gitHub }: Checkout,
  workflows: readonly WorkflowOfRepository[],
): Promise<Finding[]> {
  const found = await ownerFileOf(root);
  const config = path.posix.join(folder, 'ciclo.yml');
  const usual = gitHub === undefined ? '@who' : `@${gitHub.split('/')[0]}`;
  if (!found) {
    if (gitHub === undefined) return [];
    const message = `there is no CODEOWNERS: who may write may also loosen the gates in ${config}, and nobody else is asked`;
    return [{ check, status: 'warn', message, mend: 'ciclo init --codeowner @acme/model-owners' }];
  }
  const { rules, problems } = parseCodeOwners(found.text);
  const listed = await git(
    root,
    ['-c', 'core.quotePath=false', 'ls-files', '--cached', '--others', '--exclude-standard'],
    'listing files',
  );
  const files = listed.split('\n');
  const stray = rules.filter(({ pattern }) => !files.some((file) => namesFile(pattern, file)));
  const open = [config, found.file, ...workflows.map(({ file }) => file)].filter(
    (file) => ownersOf(rules, file).length === 0,
  );
  const findings: Finding[] = [
    ...problems.map(({ line, why }): Finding => {
      const message = `${found.file}:${line}: ${why}; GitHub passes the line over`;
      return { check, status: 'fail', message, mend: `mend line ${line} of ${found.file}` };
    }),
    ...stray.map(({ line, pattern }): Finding => {
      const message = `${found.file}:${line}: "${pattern}" names no file of the repository`;
      return { check, status: 'warn', message, mend: `is it a file that was renamed? Mend line ${line}` };
    }),
    ...(open.length === 0
      ? []
      : [
          {
            check,
            status: 'warn' as const,
            message: `${found.file} names nobody for ${listNames(open)}: nobody is asked when the rules change by which models are judged`,
            mend: open
              .map((file) => `echo '/${file.replaceAll(' ', '\\ ')} ${usual}' >> ${found.file}`)
              .join(' && '),
          },
        ]),
  ];
  return findings.length > 0
    ? findings
    : [ok(check, `${found.file} names who is asked when the rules change`)];
}

/** Whether there is a CODEOWNERS file where GitHub looks for one. */
export async function hasCodeOwners(root: string): Promise<boolean> {
  return (await ownerFileOf(root)) !== undefined;
}

async function ownerFileOf(root: string): Promise<{ file: string; text: string } | undefined> {
  for (const file of ownerFiles) {
    const text = await readFile(path.join(root, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (text !== undefined) return { file, text };
  }
  return undefined;
}
