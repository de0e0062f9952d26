import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messageOf } from '../../shared/platform/errors.ts';
import { parseInputs } from './inputs.ts';
import { setupStep } from './setup-step.ts';
import type { StepHost } from './step.ts';

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'ciclo-setup-'));
});

afterEach(() => rm(workspace, { recursive: true, force: true }));

const setUp = (setup: string, folder = '.') => {
  const inputs = parseInputs('setup', JSON.stringify({ setup, 'working-directory': folder }));
  return setupStep(inputs, { context: { workspace } } as StepHost);
};

describe('the action setup', () => {
  test('hands the version and the path of the requirements to the steps that install them', async () => {
    await writeFile(path.join(workspace, 'requirements.txt'), 'lightgbm==4.7.0\n');
    const { outputs } = await setUp('{"python": "3.12", "requirements": "requirements.txt"}');
    expect(outputs).toEqual({ python: '3.12', requirements: 'requirements.txt' });
    expect((await setUp('{"python": "pypy3.10"}', 'models')).outputs).toEqual({
      python: 'pypy3.10',
      requirements: '',
    });
    expect((await setUp(' ')).outputs).toEqual({ python: '', requirements: '' });
  });

  test.each([
    '3.12',
    '{"python": 3.10}',
    '{"requirements": "requirements.txt"}',
    '{"python": "3.12", "requirement": "requirements.txt"}',
    '{"python": "3.12; rm"}',
    '{"python": "3.12", "requirements": "a\\nb"}',
  ])('refuses %s, quoting it', async (setup) => {
    const refused = await new Promise<string>((resolve, reject) => {
      try {
        void setUp(setup).then(reject, (error) => resolve(messageOf(error)));
      } catch (error) {
        resolve(messageOf(error));
      }
    });
    expect(refused).toContain(`setup: ${JSON.stringify(setup)} cannot be used; JSON with the texts python`);
  });

  test('refuses requirements that are not there, or not in the checkout', async () => {
    await expect(setUp('{"python": "3.12", "requirements": "req.txt"}', 'models')).rejects.toThrow(
      'setup: the checkout has no file "models/req.txt": name the requirements from working-directory',
    );
    await expect(setUp('{"python": "3.12", "requirements": "../../req.txt"}', 'models')).rejects.toThrow(
      'setup: the requirements "../req.txt" lie outside the checkout',
    );
  });
});
