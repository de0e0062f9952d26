import { describe, expect, test } from 'vitest';
import { callsIn, missingRights } from './called-workflows.ts';
import { workflowFiles, workflowText } from './workflow-texts.ts';

const plan = {
  folder: 'models/a b',
  defaultBranch: 'release/1.x',
  secrets: ['CICLO_POSTGRES_URL'],
  schedule: { minute: 7, hour: 5 },
};

describe('workflows that init writes', () => {
  test.each(workflowFiles)('%s grants what it calls, and says from which folder', (file) => {
    const { calls } = callsIn(workflowText(file, plan));
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(missingRights(call)).toEqual([]);
  });

  test('secrets are passed on to jobs that read the data, and to no others', () => {
    const secrets = (file: (typeof workflowFiles)[number]) =>
      callsIn(workflowText(file, plan)).calls.map((call) => call.secrets);
    expect(secrets('model.yml')).toEqual([['CICLO_POSTGRES_URL'], ['CICLO_POSTGRES_URL']]);
    expect(secrets('pages.yml')).toEqual([[]]);
    expect(callsIn(workflowText('drift.yml', plan))).toMatchObject({
      scheduled: true,
      calls: [{ workflow: 'drift', folder: 'models/a b', ref: 'v1' }],
    });
  });
});

test.each([
  ['{}', ['contents: read', 'pull-requests: write', 'checks: write']],
  ['read-all', ['pull-requests: write', 'checks: write']],
  ['write-all', []],
  ['{ contents: write, pull-requests: write }', ['checks: write']],
])('permissions %s of a gate lack %j', (permissions, missing) => {
  const text = `on: push\npermissions: ${permissions}\njobs:\n  gate:\n    uses: ciclo-ml/ciclo/.github/workflows/gate.yml@v1\n`;
  expect(callsIn(text).calls.map(missingRights)).toEqual([missing]);
});

test('jobs that call nothing of Ciclo are none', () => {
  expect(callsIn('on: push\njobs:\n  test:\n    uses: acme/x/.github/workflows/gate.yml@v1\n').calls).toEqual(
    [],
  );
  expect(callsIn('just a text').calls).toEqual([]);
});
