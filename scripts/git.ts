import { spawnSync } from 'node:child_process';

/** Runs git in a repository. @returns what it printed. @throws Error with what it said when it did not end well. */
export type Git = (args: readonly string[], environment?: Readonly<Record<string, string>>) => string;

/** Git in a repository. */
export function gitOf(repository: string): Git {
  return (args, environment = {}) => {
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd: repository,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout.trim();
  };
}
