import { inject } from 'vitest';
import { openStage, type Stage } from './open-stage.ts';
import { type Changes, checkoutOfExample } from './repository.ts';

/** Sets the stage of a test: the example repository, with these changes on main. */
export function setStage(changes: Changes = {}): Promise<Stage> {
  const programs = { act: inject('act'), release: inject('release') };
  return openStage(programs, 'acme/fuel', (repository) => checkoutOfExample(repository, changes));
}
