import { describe, expect, test } from 'vitest';
import { haveS3, s3Server } from '../../shared/source/testing/s3-server.ts';
import { housesCsv } from '../testing/houses.ts';
import { leaksIn } from '../testing/leaks.ts';
import { showEverything } from './testing/secret-scene.ts';

describe.skipIf(!haveS3())('keys of object storage', () => {
  test('are shown nowhere, right or wrong', async () => {
    await using server = await s3Server();
    await server.fill('houses', { 'data/houses.csv': housesCsv() });
    const keys = await server.user('ciclo', {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:*'], Resource: ['arn:aws:s3:::houses', 'arn:aws:s3:::houses/*'] },
      ],
    });
    await server.lock();
    const variables = (secret: string) => ({
      CICLO_S3_ACCESS_KEY_ID: keys.id,
      CICLO_S3_SECRET_ACCESS_KEY: secret,
    });
    const wrong = 'of-the-laboratory/+4711';
    const { shown, refusals, comment } = await showEverything({
      source: { type: 'file', path: 's3://houses/data/*.csv', storage: { endpoint: server.url } },
      right: variables(keys.secret),
      wrong: variables(wrong),
    });
    expect(comment).toContain('rmse');
    expect([...shown.keys()]).toContain('file: .ciclo/evaluation/report.html');
    for (const refusal of refusals) {
      expect(refusal).toContain('403 SignatureDoesNotMatch: it does not accept the credentials');
    }
    expect(leaksIn(shown, [keys.id, keys.secret, wrong, 'AWS4-HMAC'])).toEqual([]);
  });
});
