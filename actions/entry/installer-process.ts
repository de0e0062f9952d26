import { spawn } from 'node:child_process';
import { messageOf } from '../../shared/platform/errors.ts';
import { installerEnvironment } from './installer-environment.ts';

/** How an installer ended. */
export interface InstallerEnd {
  /** Why it did not succeed: `ended with code 1`. */
  readonly reason?: string;
  readonly printed: string;
}

/** As much of what a program prints as is kept. */
const mostPrinted = 65_536;

/**
 * Runs an installer to its end, with nothing of the job's environment but what installers need.
 *
 * @param limit after how many milliseconds it is stopped, with all that it has started.
 */
export function endOfInstaller(
  program: string,
  args: readonly string[],
  {
    folder,
    environment,
    limit,
  }: { folder: string; environment: Readonly<Record<string, string | undefined>>; limit: number },
): Promise<InstallerEnd> {
  const windows = process.platform === 'win32';
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: installerEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm is a script there; every argument is a constant of the caller's.
      shell: windows,
      // A group of its own, so that the scripts that npm starts end with it.
      detached: !windows,
    });
    const kill = (): void => {
      if (child.pid === undefined || child.exitCode !== null) return;
      if (windows) child.kill();
      else process.kill(-child.pid, 'SIGKILL');
    };
    let stopped = false;
    const timer = setTimeout(() => {
      stopped = true;
      kill();
    }, limit);
    process.once('exit', kill);
    let printed = '';
    const keep = (text: string): void => {
      printed = (printed + text).slice(-mostPrinted);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep);
    const end = (reason?: string): void => {
      clearTimeout(timer);
      process.off('exit', kill);
      resolve({ printed, ...(reason === undefined ? {} : { reason }) });
    };
    child.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ENOENT' ? 'is not on PATH' : `cannot be started: ${messageOf(error)}`),
    );
    child.on('close', (code, signal) => {
      if (stopped) end(`was stopped because it took more than ${limit / 1000} s`);
      else end(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`);
    });
  });
}
