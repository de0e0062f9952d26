import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { createLocalForge } from '../../../shared/forge/local/local-forge.ts';
import type { Forge } from '../../../shared/forge/ports/forge.ts';
import { prepare } from '../../prepare/prepare.ts';
import { housesCsv, type Sections } from '../../testing/houses.ts';
import { type PipelineFolder, pipelineFolder, quietPorts } from '../../testing/pipeline-folder.ts';
import { passingConfig } from './houses-production.ts';

/** Houses in a git repository of their own, locked and committed. */
export interface HousesRepository extends PipelineFolder {
  readonly forge: Forge;
  /** Commits all that is there. @returns the commit. */
  commit(): string;
}

export async function housesRepository(sections: Sections, rows = 300): Promise<HousesRepository> {
  const folder = await pipelineFolder(passingConfig(sections), {
    'data/houses.csv': housesCsv(rows),
    '.gitignore': '.ciclo/\n',
  });
  const git = (...words: string[]): string =>
    execFileSync('git', ['-C', folder.path, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words], {
      encoding: 'utf8',
    });
  git('init', '--quiet', '--initial-branch=main');
  await prepare({ pipeline: await folder.pipeline() }, quietPorts());
  const commit = (): string => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message=houses');
    return git('rev-parse', 'HEAD').trim();
  };
  commit();
  const forge = createLocalForge({
    repository: folder.path,
    folder: path.join(folder.path, '.ciclo', 'forge'),
    author: 'ciclo',
    name: 'ciclo-ml/houses',
  });
  return { ...folder, forge, commit };
}
