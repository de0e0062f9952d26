import { describe, expect, test } from 'vitest';
import { ConfigurationError, IntegrityError } from '../../shared/platform/errors.ts';
import { failureOf } from './failure.ts';

describe('what was thrown', () => {
  test('by a mistake of the user is only its message, exit code 2', () => {
    const failure = failureOf(new ConfigurationError('ciclo.yml:3:1: no', { cause: new Error('inner') }), []);
    expect(failure).toEqual({
      code: 2,
      kind: 'configuration',
      message: 'ciclo.yml:3:1: no',
      text: 'error: ciclo.yml:3:1: no',
    });
    expect(failureOf(new IntegrityError('damaged'), []).kind).toBe('integrity');
  });

  test('by the operating system names the path and the remedy, exit code 2', () => {
    const error = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/srv/x', syscall: 'mkdir' });
    expect(failureOf(error, [])).toMatchObject({
      code: 2,
      kind: 'system',
      message:
        'cannot make the folder /srv/x: permission denied: change its rights, or choose another folder with --output',
    });
  });

  test('by a bug has stack, cause, command and versions, exit code 3', () => {
    const failure = failureOf(new TypeError('x is undefined', { cause: new Error('the cause') }), [
      'run',
      '--json',
    ]);
    expect(failure.code).toBe(3);
    expect(failure.text).toMatch(/^Ciclo failed\. This is a bug in Ciclo/);
    expect(failure.text).toContain('TypeError: x is undefined\n    at ');
    expect(failure.text).toContain('[cause]: Error: the cause');
    expect(failure.text).toContain('command   ciclo run --json');
    expect(failure.text).toMatch(/versions {2}ciclo \d+\.\d+\.\d+, Node 24/);
  });

  test('that is not an error at all is a bug too', () => {
    expect(failureOf('boom', [])).toMatchObject({ code: 3, message: 'boom' });
  });
});
