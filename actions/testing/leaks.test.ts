import { expect, test } from 'vitest';
import { leaksIn } from './leaks.ts';

const secret = 'p&ss wörd/7';

test.each([
  ['as it is', `a ${secret} b`],
  ['of an address', `http://ada:${encodeURIComponent(secret)}@h/`],
  ['of an address in small letters', `http://ada:${encodeURIComponent(secret).toLowerCase()}@h/`],
  ['of a form', new URLSearchParams({ key: secret }).toString()],
  ['JSON of JSON', JSON.stringify(JSON.stringify({ key: secret }))],
  ['HTML', '<p>p&amp;ss wörd/7</p>'],
  ['Base64 of user and password', Buffer.from(`ada:${secret}`).toString('base64')],
  ['Base64 of another user', Buffer.from(`adam:${secret}`).toString('base64')],
  ['Base64 of a third', Buffer.from(`eve-1:${secret} and more`).toString('base64url')],
  ['hexadecimal', Buffer.from(secret).toString('hex').toUpperCase()],
  ['UTF-16', Buffer.from(`a${secret}`, 'utf16le')],
  ['Latin-1', Buffer.from(secret, 'latin1')],
])('a secret is found: %s', (_, content) => {
  expect(leaksIn(new Map([['log', content]]), [secret])).not.toEqual([]);
});

test('nothing is found where it does not stand', () => {
  expect(leaksIn(new Map([['log', 'p&s wörd, cDpz, ***']]), [secret])).toEqual([]);
});
