import { expect, test } from 'vitest';
import { messageOf } from '../../platform/errors.ts';
import { EnvironmentReferences } from './environment-reference.ts';

function messageOfResolving(text: string, environment: Readonly<Record<string, string>> = {}): string {
  try {
    return new EnvironmentReferences(environment).resolve(text, 'data.source.headers.Authorization');
  } catch (error) {
    return messageOf(error);
  }
}

test('a reference is replaced, with or without blanks, as often as it stands', () => {
  expect(messageOfResolving('${{env.CICLO_A}}-${{ env.CICLO_A }}', { CICLO_A: 'x$&y' })).toBe('x$&y-x$&y');
});

test.each([undefined, ''])('a variable that is %j is named', (value) => {
  expect(
    messageOfResolving('Bearer ${{ env.CICLO_TOKEN }}', value === undefined ? {} : { CICLO_TOKEN: value }),
  ).toBe(
    `data.source.headers.Authorization: the environment variable CICLO_TOKEN is ${value === '' ? 'empty' : 'not set'}; ` +
      'set it where ciclo runs (in GitHub Actions: under secrets: of the job that calls the workflow, or under env: of the step)',
  );
});

test.each([
  'env.GITHUB_TOKEN',
  'env.ACTIONS_RUNTIME_TOKEN',
  'env.INPUT_X',
  'secrets.CICLO_X',
  'env.HOME',
  'env.XCICLO_A',
  '',
])('the name %j is never looked up', (name) => {
  const text = `\${{ ${name} }}`;
  expect(messageOfResolving(text, { GITHUB_TOKEN: 'secret' })).toBe(
    `data.source.headers.Authorization: ${JSON.stringify(text)} is not allowed; a source may use only variables ` +
      'whose names begin with CICLO_, written ${{ env.CICLO_NAME }}',
  );
});

test('messages show none of the values, in whatever form', () => {
  const references = new EnvironmentReferences({ CICLO_A: 'p&ss"word ', CICLO_B: 'p&ss' });
  references.resolve('${{ env.CICLO_A }}${{ env.CICLO_B }}', 'key');
  expect(references.redact('p&ss"word | p&ss"word and | p%26ss%22word%20 | p&ss\\"word | p&ss')).toBe(
    '***| ***and | *** | ***| ***',
  );
});

test('messages that were cut show no part of a value', () => {
  const references = new EnvironmentReferences({ CICLO_A: 'hunter2-of-the-laboratory' });
  references.resolve('${{ env.CICLO_A }}', 'key');
  expect(references.redact('saying "no such key: hunter2-of-the-la..."; check it')).toBe(
    'saying "no such key: ***..."; check it',
  );
  // As JSON.parse quotes what is no JSON.
  expect(references.redact(`"hunter2-of"... and ..."-laboratory is" and ...laboratory`)).toBe(
    '"***"... and ..."*** is" and ...***',
  );
  expect(references.redact('a hunt... and hun...')).toBe('a ***... and hun...');
});

test('messages show no form in which a server or an address may have a value', () => {
  const secret = 'p&ss wörd/<"';
  const references = new EnvironmentReferences({ CICLO_A: secret });
  references.resolve('${{ env.CICLO_A }}', 'key');
  const url = new URL(`http://h/${secret}?${secret}`);
  const forms = [
    ...[secret, encodeURIComponent(secret), new URLSearchParams({ x: secret }).toString().slice(2)],
    ...[url.pathname.slice(1), url.search.slice(1), JSON.stringify(secret).slice(1, -1)],
    ...['p&amp;ss wörd/&lt;&quot;', Buffer.from(secret).toString('base64')],
  ];
  for (const form of forms) expect(references.redact(`a ${form} b`)).toBe('a *** b');
});
