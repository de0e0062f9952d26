/**
 * What the operating system, or a service beside Ciclo, refused: neither a mistake in ciclo.yml nor a bug. The message says
 * what was attempted, what was refused, and what to do; exit code 2.
 */
export class SystemError extends Error {
  override name = 'SystemError';
}

/** What the operating system refuses, by its code, and what helps. */
const refusals: Readonly<Record<string, string>> = {
  EACCES: 'permission denied: change its rights, or choose another folder with --output',
  EPERM: 'not permitted: change its rights, or choose another folder with --output',
  EROFS: 'the file system is read-only: choose another folder with --output',
  ENOSPC: 'the disk is full: make room and run again',
  EDQUOT: 'the disk quota is used up: make room and run again',
  EIO: 'the disk cannot be read or written: see what the system log says of it',
  EISDIR: 'it is a folder, and a file is needed',
  ENOTDIR: 'a part of this path is a file, and a folder is needed',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine: end what opens them, and run again',
  ENOMEM: 'there is no memory left: end other programs, or use a machine with more',
  EAGAIN: 'the system has no process or memory to give: end other programs, and run again',
  ELOOP: 'its symbolic links lead in a circle: remove one of them',
  ENAMETOOLONG: 'the name is too long for this file system',
};

/** What a system call was to do. */
const verbs: Readonly<Record<string, string>> = {
  mkdir: 'make the folder',
  open: 'open',
  stat: 'look at',
  lstat: 'look at',
  read: 'read',
  write: 'write',
  fsync: 'write',
  rename: 'put in place',
  scandir: 'list',
  rm: 'remove',
  rmdir: 'remove',
  unlink: 'remove',
  link: 'put in place',
};

/** How git says what the system, or another git, refused it, and what helps. */
const gitRefusals: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /dubious ownership in repository at '([^']+)'/,
    ([, place]) =>
      `git does not trust a repository of another owner: git config --global --add safe.directory ${place}`,
  ],
  [
    /Unable to create '([^']+\.lock)': File exists/,
    ([, lock]) =>
      `another git holds the lock, or one that died has left it: wait for that git, or remove ${lock} when none runs`,
  ],
  [/No space left on device/, () => refusals.ENOSPC!],
  [/Disk quota exceeded/, () => refusals.EDQUOT!],
  [/Read-only file system/, () => 'the file system is read-only: use a repository that can be written to'],
  [
    /Permission denied|insufficient permission/,
    () => 'permission denied: change the rights of the repository’s folder .git',
  ],
  [/Too many open files/, () => refusals.EMFILE!],
];

/** What to do when git said this; undefined when it is nothing that the system refused. */
export function gitRemedy(said: string): string | undefined {
  for (const [pattern, remedy] of gitRefusals) {
    const match = pattern.exec(said);
    if (match) return remedy(match);
  }
  return undefined;
}

/** An error of node:child_process, as far as it is read. */
interface ProgramError extends NodeJS.ErrnoException {
  readonly stderr?: unknown;
}

/**
 * What git refused, as it was run by node:child_process.
 *
 * @param doing what it was to do: `checking out 1a2b3c4`.
 */
export function gitError(error: unknown, doing: string): SystemError {
  const { code, stderr, message } = error as ProgramError;
  if (code === 'ENOENT') {
    return new SystemError(`${doing}: git is not here: install it, or put it on the PATH`, { cause: error });
  }
  const said = (typeof stderr === 'string' ? stderr.trim() : '') || message;
  const remedy = gitRemedy(said);
  const head = `${doing}: git says: ${said.split('\n')[0]}`;
  return new SystemError(remedy === undefined ? head : `${head}: ${remedy}`, { cause: error });
}

/**
 * The message of an error that is the system's; undefined for any other. What was caught and wrapped is found by its cause.
 */
export function systemMessage(error: unknown): string | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    if (one instanceof SystemError) return one.message;
    const { code, path, syscall = '' } = one as NodeJS.ErrnoException;
    const refusal = code === undefined ? undefined : refusals[code];
    if (refusal !== undefined) {
      return `cannot ${verbs[syscall] ?? 'use'} ${path ?? 'a file'}: ${refusal}`;
    }
    if (code === 'ENOENT' && syscall.startsWith('spawn')) {
      return `cannot run ${path ?? 'a program'}: it is not here: install it, or put it on the PATH`;
    }
  }
  return undefined;
}
