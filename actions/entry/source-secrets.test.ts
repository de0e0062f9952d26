import { expect, test } from 'vitest';
import { httpServer } from '../../shared/source/testing/http-server.ts';
import { housesCsv } from '../testing/houses.ts';
import { leaksIn } from '../testing/leaks.ts';
import { showEverything } from './testing/secret-scene.ts';

const [password, token, key] = ['p&ss wörd/7', 'hunter2-of-the-laboratory', 'in-the-query-4711'];
const [wrongPassword, wrongToken] = ['sw%rd+fish "8"', 'hunter3-of-the-laboratory'];

test('secrets of an API are shown nowhere, also where it quotes them', async () => {
  await using server = await httpServer(({ headers, query }, response) => {
    const expected = `Basic ${Buffer.from(`ada:${password}`, 'latin1').toString('base64')}`;
    if (headers.authorization === expected && headers['x-api-key'] === token && query.key === key) {
      response.writeHead(200, { 'content-type': 'text/csv' }).end(housesCsv());
      return;
    }
    const sent = Buffer.from(headers.authorization!.replace('Basic ', ''), 'base64');
    const quoted = [headers['x-api-key'], sent, headers.authorization, query.key, wrongPassword];
    response.writeHead(403).end(`<p>who is ${quoted.join(' or ')}</p>`);
  });
  const variables = (word: string, own: string) => ({
    CICLO_API: server.url.replace('//', `//ada:${encodeURIComponent(word)}@`),
    ...{ CICLO_API_TOKEN: own, CICLO_KEY: key },
  });
  const { shown, refusals, comment } = await showEverything({
    source: {
      ...{ type: 'http', url: '${{ env.CICLO_API }}/houses', format: 'csv' },
      headers: { 'X-Api-Key': '${{ env.CICLO_API_TOKEN }}' },
      query: { key: '${{ env.CICLO_KEY }}' },
    },
    right: variables(password, token),
    wrong: variables(wrongPassword, wrongToken),
  });
  expect(comment).toContain('rmse');
  expect([...shown.keys()]).toContain('file: .ciclo/evaluation/report.html');
  for (const refusal of refusals) expect(refusal).toContain('answered 403, saying');
  expect(leaksIn(shown, [password, token, key, wrongPassword, wrongToken])).toEqual([]);
});
