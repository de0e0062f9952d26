import { spawn } from 'node:child_process';
import { gitError } from '../../platform/system-error.ts';
import { ForgeError } from '../ports/forge-error.ts';

/** What a git command said. */
export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git in a repository; names are passed on its input, so that no name is taken for an option. */
export function git(
  repository: string,
  args: readonly string[],
  input: string | Uint8Array = '',
  env: Readonly<Record<string, string>> = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-C', repository, ...args], {
      stdio: 'pipe',
      env: { ...process.env, LC_ALL: 'C', ...env },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => {
      reject(gitError(cause, `running git ${args[0]} in ${repository}`));
    });
    child.on('close', (code) => {
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
    // It may end before it has read everything; what it said then tells why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** What git prints, without the line end. @throws ForgeError that says what was attempted when git refuses. */
export async function gitLine(
  repository: string,
  args: readonly string[],
  {
    doing,
    input,
    env,
  }: {
    readonly doing: string;
    readonly input?: string | Uint8Array;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<string> {
  const { code, stdout, stderr } = await git(repository, args, input, env);
  if (code === 0) return stdout.toString('utf8').trimEnd();
  throw new ForgeError(`${doing}: git ${args[0]}: ${stderr.trim() || `exit code ${code}`}`, 422);
}

/**
 * The full SHA of the commit that a branch, tag or SHA names; undefined when there is none.
 *
 * @throws ForgeError when git cannot read the repository.
 */
export async function commitOf(repository: string, ref: string): Promise<string | undefined> {
  // With a dash in front it would be an option; with the others, something else than a name.
  if (/^-|[:^~\0\n]/.test(ref) || ref === '') return undefined;
  const { code, stdout, stderr } = await git(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    `${ref}^{commit}`,
  ]);
  if (code === 0) return stdout.toString('utf8').trim();
  if (stderr.trim() !== '')
    throw new ForgeError(`looking for ${ref} in ${repository}: ${stderr.trim()}`, undefined);
  return undefined;
}
