// What determines a model that a command trains, beside the data: files of the repository.

import { existsSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { LoadedConfig } from '../../../shared/config/load.ts';
import type { CommandCandidate } from '../../../shared/config/sections/candidates/command-candidate.ts';
import { git } from '../../../shared/forge/local/git.ts';
import {
  commandWords,
  isRequirementsFile,
  mentionedFiles,
} from '../../../shared/model/command/script-imports.ts';
import { digestOf } from '../../../shared/platform/digest.ts';
import { ConfigurationError, quote } from '../../../shared/platform/errors.ts';
import { isWithin, slashedPath } from '../../../shared/platform/slashed-path.ts';
import { digestOfFile } from '../../../shared/platform/whole-file.ts';

/** The files that a pipeline's commands are determined by. */
export interface CoveredFiles {
  /** By path relative to the folder of ciclo.yml, with forward slashes. */
  readonly digests: Readonly<Record<string, string>>;
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Of all of them together: part of the model's fingerprint. */
  readonly digest: string;
  /** Commands that name no file of the repository. */
  readonly bare: readonly string[];
}

/** Folders of a repository that hold what was installed, or made. */
const apart = new Set([
  '.git',
  '.ciclo',
  '.venv',
  'venv',
  'node_modules',
  'site-packages',
  '__pycache__',
  '.renv',
]);
/** What is larger is no script: only its name is looked at, not its words. Bytes. */
const largestScript = 2 ** 20;

/**
 * Finds the files that determine the models of a configuration's commands: the files of the repository that a command line
 * names, what these import from the repository (see {@link mentionedFiles}), the lists of requirements beside ciclo.yml and
 * the scripts, and the files that are declared. What git ignores is covered only where it is declared.
 *
 * @returns undefined when no candidate is a command.
 * @throws ConfigurationError when a declared path or pattern matches no file.
 */
export async function coveredFiles({
  config,
  directory,
}: Pick<LoadedConfig, 'config' | 'directory'>): Promise<CoveredFiles | undefined> {
  const commands = (config.train.candidates ?? [])
    .map((options, index) => ({ options, index }))
    .filter(
      (candidate): candidate is { options: CommandCandidate; index: number } =>
        candidate.options.type === 'command',
    );
  if (commands.length === 0) return undefined;
  const home = await realpath(directory);
  const walk = new Walk(home, repositoryOf(home));
  const bare: string[] = [];
  for (const { options, index } of commands) {
    const before = walk.scripts;
    await walk.followCommand(options.run);
    if (walk.scripts === before && (options.files ?? []).length === 0) bare.push(options.run.trim());
    await walk.addDeclared(options.files, index);
  }
  await walk.addRequirements(home);
  const ignored = await ignoredFiles(home, [...walk.found]);
  const files = [...walk.found].filter((file) => !ignored.has(file)).concat([...walk.declared]);
  const sorted = [...new Set(files)].sort();
  const entries = await Promise.all(
    sorted.map(async (file) => [slashedPath(home, file), await digestOfFile(file)] as const),
  );
  const digests = Object.fromEntries(entries);
  return { digests, files: sorted, digest: digestOf(digests), bare };
}

/** The repository that a folder is in, else the folder itself: what lies above is not of the project. */
function repositoryOf(home: string): string {
  for (let folder = home; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    if (path.dirname(folder) === folder) return home;
  }
}

/** Those of some files that git ignores: what a command leaves there is none of its causes, and no other checkout has it. */
async function ignoredFiles(home: string, files: readonly string[]): Promise<ReadonlySet<string>> {
  const answer = await git(home, ['check-ignore', '-z', '--stdin'], files.join('\0')).catch(() => undefined);
  return new Set(answer?.code === 0 ? answer.stdout.toString('utf8').split('\0') : []);
}

/** Follows scripts from one to the next. */
class Walk {
  readonly found = new Set<string>();
  /** Files that `files` names. */
  readonly declared = new Set<string>();
  /** Files that command lines named. */
  scripts = 0;
  readonly #home: string;
  readonly #root: string;

  constructor(home: string, root: string) {
    this.#home = home;
    this.#root = root;
  }

  /** Takes in the files that a command line names, from each folder that it changes to, and what they mention. */
  async followCommand(run: string): Promise<void> {
    const folders = [this.#home];
    for (const [, folder = ''] of run.matchAll(/\bcd\s+["']?([^\s"';&|]+)/g)) {
      folders.push(path.resolve(folders.at(-1)!, folder));
    }
    for (const word of commandWords(run)) {
      for (const folder of folders) {
        const file = await this.#fileAt(path.resolve(folder, word));
        if (file === undefined) continue;
        this.scripts++;
        await this.#follow(file, [...folders, path.dirname(file), path.join(this.#home, 'src'), this.#root]);
        await this.addRequirements(path.dirname(file));
      }
    }
  }

  /** Takes in what `files` of a candidate names: files, folders, globs. */
  async addDeclared(declared: CommandCandidate['files'], index: number): Promise<void> {
    const patterns = typeof declared === 'string' ? [declared] : (declared ?? []);
    for (const pattern of patterns) {
      const exact = await this.#fileAt(path.resolve(this.#home, pattern));
      const matches = exact
        ? [exact]
        : await glob(pattern, {
            cwd: this.#home,
            onlyFiles: true,
            absolute: true,
            dot: true,
            ignore: [...apart].map((name) => `**/${name}/**`),
          });
      if (matches.length === 0) {
        throw new ConfigurationError(
          `train.candidates[${index}].files: ${quote(pattern)} matches no file in the folder of ciclo.yml`,
        );
      }
      for (const match of matches) this.declared.add(path.resolve(match));
    }
  }

  /** Takes in the lists of requirements of a folder, and those that they name. */
  async addRequirements(folder: string): Promise<void> {
    for (const name of await readdir(folder)) {
      const file = isRequirementsFile(name) ? await this.#fileAt(path.join(folder, name)) : undefined;
      if (file !== undefined) await this.#follow(file, []);
    }
  }

  /** @param roots folders that names without a path are looked for in. */
  async #follow(file: string, roots: readonly string[]): Promise<void> {
    if (this.found.has(file)) return;
    this.found.add(file);
    if ((await stat(file)).size > largestScript) return;
    const own = path.dirname(file);
    for (const mention of mentionedFiles(file, await readFile(file, 'utf8'))) {
      const folders = /^\.{1,2}\//.test(mention) ? [own] : [...roots, own];
      for (const folder of folders) {
        const next = await this.#fileAt(path.resolve(folder, mention));
        if (next !== undefined) await this.#follow(next, roots);
      }
    }
  }

  /** The file at a path, links resolved, when it is one of the repository's own. */
  async #fileAt(place: string): Promise<string | undefined> {
    const status = await stat(place).catch(() => undefined);
    if (!status?.isFile()) return undefined;
    const file = await realpath(place);
    if (!isWithin(this.#root, file)) return undefined;
    return slashedPath(this.#root, file)
      .split('/')
      .some((part) => apart.has(part))
      ? undefined
      : file;
  }
}
