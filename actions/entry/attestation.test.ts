import { describe, expect, test } from 'vitest';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { attestationOf } from './attestation.ts';
import type { StepHost } from './step.ts';

const able = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example' };

function asked({
  attest = 'auto' as 'auto' | 'true' | 'false',
  rollback = undefined as string | undefined,
  change = 'deployed' as 'deployed' | 'unchanged' | 'failed',
  ownBundle = true,
  attempt = 1,
  environment = able as Record<string, string>,
} = {}): string {
  const host = {
    context: { run: { id: 1, attempt, url: '' } },
    ports: { ...quietPorts(), environment },
  } as Pick<StepHost, 'ports'> as StepHost;
  const found = attestationOf({ attest, 'rollback-to': rollback }, { change, ownBundle }, host);
  return found.wanted ? 'wanted' : found.why.toString();
}

describe('the attestation of a bundle', () => {
  test('is wanted of the run that made it, where the job may', () => {
    expect(asked()).toBe('wanted');
    expect(asked({ environment: {} })).toBe('the job has no permission `id-token: write`');
  });

  test('with `true` is wanted whatever the job may, so that the step says what is missing', () => {
    expect(asked({ attest: 'true', environment: {} })).toBe('wanted');
  });

  test('with `false` is not wanted', () => {
    expect(asked({ attest: 'false' })).toBe('`attest` is `false`');
  });

  test('is not wanted of a run that made nothing; a further attempt of the one that did may try again', () => {
    expect(asked({ change: 'unchanged' })).toMatch(/made no bundle/);
    expect(asked({ change: 'unchanged', attempt: 2 })).toBe('wanted');
    expect(asked({ ownBundle: false, attempt: 2 })).toMatch(/made no bundle/);
    expect(asked({ change: 'failed', attempt: 2, attest: 'true' })).toMatch(/made no bundle/);
    expect(asked({ rollback: 'previous', attest: 'true' })).toBe('a rollback makes no bundle');
  });
});
