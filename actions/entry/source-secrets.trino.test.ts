import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { temporaryFolder } from '../../shared/source/testing/temporary-folder.ts';
import { signedToken } from '../../shared/source/testing/trino-token.ts';
import { leaksIn } from '../testing/leaks.ts';
import { showEverything } from './testing/secret-scene.ts';

const { https, tokenKey, authority } = inject('trino');

/** Houses whose price is of their size. */
const query =
  "SELECT orderkey AS id, 1990 + orderkey % 20 AS year, orderkey % 160 AS size, CASE orderkey % 3 WHEN 0 THEN 'north' ELSE 'south' END AS district, 3 * (orderkey % 160) + orderkey % 7 AS price, 'no' AS dear FROM tpch.tiny.orders WHERE orderkey < 1000";

describe('of Trino', () => {
  test.each([
    {
      what: 'the password of an address',
      source: {},
      right: { CICLO_TRINO_URL: addressOf('p&ss wörd') },
      wrong: { CICLO_TRINO_URL: addressOf('sw&rd-fish 9') },
      secrets: ['p&ss wörd', 'sw&rd-fish 9'],
      refused: 'it does not accept user and password',
    },
    {
      what: 'a token',
      source: { url: https, token: '${{ env.CICLO_TRINO_TOKEN }}' },
      right: { CICLO_TRINO_TOKEN: signedToken('ada', 3600, tokenKey) },
      wrong: { CICLO_TRINO_TOKEN: signedToken('ada', -3600, tokenKey) },
      secrets: [],
      refused: 'it does not accept the token, which may have expired',
    },
  ])('$what is shown nowhere, right or wrong', async ({ source, right, wrong, secrets, refused }) => {
    await using folder = await temporaryFolder({});
    const file = path.join(folder.path, 'authority.pem');
    await writeFile(file, authority);
    const { shown, refusals, comment } = await showEverything({
      source: { type: 'trino', query, ...source },
      ...{ right, wrong, environment: { NODE_EXTRA_CA_CERTS: file } },
    });
    expect(comment).toContain('rmse');
    expect([...shown.keys()]).toContain('file: .ciclo/evaluation/report.html');
    for (const refusal of refusals) expect(refusal).toContain(refused);
    const tokens = [right, wrong].flatMap(({ CICLO_TRINO_TOKEN: token }) => token?.split('.').slice(1) ?? []);
    expect(leaksIn(shown, [...secrets, ...tokens])).toEqual([]);
  });
});

function addressOf(password: string): string {
  const url = new URL(https);
  Object.assign(url, { username: 'ciclo', password: encodeURIComponent(password) });
  return url.href;
}
