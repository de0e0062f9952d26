import { describe, expect, test } from 'vitest';
import { workflowFiles as initFiles, workflowText } from '../../shared/init/workflow-texts.ts';
import { actionErrors, workflowErrors } from './github-parser.ts';
import { actionFiles, examples, textOf, workflowFiles } from './project-files.ts';

const initTexts = initFiles.flatMap((file) => ['.', 'models/fuel'].map((folder) => ({ file, folder })));

describe("GitHub's own parser", () => {
  test.each(workflowFiles)('accepts %s', async (file) => {
    expect(await workflowErrors(file, textOf(file))).toEqual([]);
  });

  test.each(actionFiles)('accepts %s', (file) => {
    expect(actionErrors(file, textOf(file))).toEqual([]);
  });

  test.each(examples())('accepts the YAML block $number of $file', async ({ file, text }) => {
    expect(await workflowErrors(file, text)).toEqual([]);
  });

  test.each(initTexts)('accepts what ciclo init writes as $file, in $folder', async ({ file, folder }) => {
    const plan = { folder, defaultBranch: 'main', secrets: ['CICLO_URL'], schedule: { minute: 7, hour: 5 } };
    expect(await workflowErrors(file, workflowText(file, plan))).toEqual([]);
  });

  test('would find an input that the gate does not have, and a secret in an action', async () => {
    const caller = textOf('example-repo/.github/workflows/model.yml');
    const wrong = caller.replace('working-directory:', 'champoin: x\n      working-directory:');
    expect((await workflowErrors('model.yml', wrong)).join()).toContain('champoin');
    const action = textOf('actions/prepare/action.yml').replace('github.token', 'secrets.TOKEN');
    expect(actionErrors('action.yml', action).join()).toContain('secrets');
  });
});
