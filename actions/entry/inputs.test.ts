import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { parseInputs, parseStep } from './inputs.ts';

const validate = {
  config: 'ciclo.yml',
  'working-directory': '.',
  artifacts: 'true',
  'retention-days': '30',
  'github-token': 't',
  champion: '',
  'fail-on': 'fail',
  'on-loosened': 'fail',
  comment: 'true',
  check: 'false',
};

const refusal = (inputs: Record<string, string>): string => {
  try {
    parseInputs('validate', JSON.stringify({ ...validate, ...inputs }));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('inputs of an action', () => {
  test('are text on the outside and typed within', () => {
    expect(parseInputs('validate', JSON.stringify(validate))).toEqual({
      config: 'ciclo.yml',
      'working-directory': '.',
      artifacts: 'true',
      'retention-days': 30,
      'github-token': 't',
      champion: undefined,
      'fail-on': 'fail',
      'on-loosened': 'fail',
      comment: true,
      check: false,
    });
  });

  test.each([
    [{ artifacts: 'yes' }, 'artifacts: "yes" cannot be used; allowed: true, false, results, all'],
    [{ 'fail-on': 'always' }, 'fail-on: "always" cannot be used; allowed: fail, inconclusive, never'],
    [
      { 'retention-days': '91' },
      'retention-days: "91" cannot be used; a number of days from 1 to 90 is needed',
    ],
    [{ 'retention-days': '' }, 'retention-days: "" cannot be used; a number of days from 1 to 90 is needed'],
    [
      { champoin: 'x' },
      'champoin: the action validate has no such input; did you mean champion?; it has config, working-directory, artifacts, retention-days, github-token, champion, fail-on, on-loosened, comment, check',
    ],
  ])('%j is refused with what would be right', (inputs, message) => {
    expect(refusal(inputs as Record<string, string>)).toBe(message);
  });

  test('all that is wrong is said at once', () => {
    expect(refusal({ artifacts: 'no', comment: 'no' }).split('\n')).toHaveLength(2);
  });

  test('an address of a site is one of the web, or none is given', () => {
    const { champion: _, comment: __, check: ___, 'on-loosened': ____, ...common } = validate;
    const siteOf = (address: string) => {
      const given = {
        ...common,
        'source-env': '',
        'aws-role': '',
        'sts-endpoint': '',
        retrain: 'auto',
        accelerate: '',
        'fail-on': 'never',
        'site-url': address,
        propose: 'true',
      };
      return parseInputs('drift-check', JSON.stringify(given))['site-url'];
    };
    expect(siteOf('https://octocat.github.io/models/')).toBe('https://octocat.github.io/models/');
    expect(siteOf('')).toBeUndefined();
    for (const wrong of ['octocat.github.io', 'javascript:alert(1)', 'https://']) {
      expect(() => siteOf(wrong)).toThrow(
        `site-url: ${JSON.stringify(wrong)} cannot be used; an address that begins with https:// is needed`,
      );
    }
  });

  test('a step that does not exist names those that do', () => {
    expect(() => parseStep('constructor')).toThrow(
      'step: there is no action "constructor"; there are prepare, train, validate, deploy, drift-check, propose, setup, site, comment',
    );
  });
});
