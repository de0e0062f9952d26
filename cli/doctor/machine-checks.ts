import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Finding, ok } from './finding.ts';

const run = promisify(execFile);
const neededNode = 24;
/** The first git that knows `git switch`, and branches by name in `git init -b`. */
const neededGit = [2, 28] as const;

/** Node and git, as they are on this machine. */
export async function machineFindings(): Promise<Finding[]> {
  return [nodeFinding(process.versions.node), await gitFinding()];
}

/** @param version `24.1.0` */
export function nodeFinding(version: string): Finding {
  return Number(version.split('.')[0]) >= neededNode
    ? ok('node', `Node ${version}`)
    : {
        check: 'node',
        status: 'fail',
        message: `Node ${version} is too old`,
        mend: `install Node ${neededNode} or newer, or: npm i -D node@${neededNode}`,
      };
}

async function gitFinding(): Promise<Finding> {
  const said = await run('git', ['--version']).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
  const [, major, minor] = /(\d+)\.(\d+)/.exec(said ?? '') ?? [];
  if (major === undefined) {
    return {
      check: 'git',
      status: 'fail',
      message: 'git is not installed',
      mend: 'install git: https://git-scm.com',
    };
  }
  const isOld =
    Number(major) < neededGit[0] || (Number(major) === neededGit[0] && Number(minor) < neededGit[1]);
  return isOld
    ? {
        check: 'git',
        status: 'warn',
        message: `git ${major}.${minor} is old`,
        mend: `install git ${neededGit.join('.')} or newer`,
      }
    : ok('git', `git ${major}.${minor}`);
}
