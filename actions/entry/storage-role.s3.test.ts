import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { forwardingServer } from '../../shared/source/testing/forwarding-server.ts';
import { httpServer, json } from '../../shared/source/testing/http-server.ts';
import { haveS3, type S3Server, s3Server } from '../../shared/source/testing/s3-server.ts';
import { housesConfig, housesCsv } from '../testing/houses.ts';
import { filesOf, leaksIn } from '../testing/leaks.ts';
import { type Job, startJob } from './testing/job.ts';

const role = 'arn:aws:iam::123456789012:role/ciclo';

describe.skipIf(!haveS3())('prepare with the input aws-role', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await s3Server();
    await server.fill('houses', { 'data/houses.csv': housesCsv() });
    return () => server[Symbol.asyncDispose]();
  });

  const useBucket = async (job: Job, endpoint: string): Promise<void> => {
    const source = { type: 'file', path: 's3://houses/data/*.csv', storage: { endpoint } };
    await writeFile(job.checkout.config, housesConfig({ data: { source, key: 'id' } }));
  };

  test('reads by a role that the run takes on, and shows no token and no key', async () => {
    await using identity = await httpServer((_request, response) =>
      json(response, { value: 'a-jwt-of-this-run' }),
    );
    const sent: (string | undefined)[][] = [];
    await using between = await forwardingServer(server.url, ({ headers }) => {
      sent.push([headers.authorization, headers['x-amz-security-token'] as string | undefined]);
      return undefined;
    });
    await using job = await startJob();
    await useBucket(job, between.url);
    const { code, log, outputs, summary } = await job.run(
      'prepare',
      { 'aws-role': role, 'sts-endpoint': server.url },
      {
        environment: {
          ACTIONS_ID_TOKEN_REQUEST_URL: `${identity.url}/token?run=4711`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
        },
      },
    );
    expect([code, outputs.rows]).toEqual([0, '200']);
    expect(identity.requests).toHaveLength(1);
    expect(identity.requests[0]!.query).toEqual({ run: '4711', audience: 'sts.amazonaws.com' });
    expect(identity.requests[0]!.headers.authorization).toBe('Bearer of-the-job');
    const [[authorization, token]] = sent as [[string, string]];
    const key = /Credential=(ASIA\w+)\//.exec(authorization)?.[1];
    expect(key).toBeDefined();
    expect(sent.every(([, one]) => one === token)).toBe(true);
    // Masked in the log, and nowhere else.
    const masked = [...log.matchAll(/^::add-mask::(.*)$/gm)].map(([, secret]) => secret);
    expect(masked).toEqual(expect.arrayContaining(['a-jwt-of-this-run', key, token]));
    const shown = log.replaceAll(/^::add-mask::.*$/gm, '') + JSON.stringify(outputs) + summary;
    const files = await filesOf(job.checkout.path);
    expect(
      leaksIn(new Map<string, string | Uint8Array>([['job', shown], ...files]), masked as string[]),
    ).toEqual([]);
  });

  test('says which permission the job lacks', async () => {
    await using job = await startJob();
    await useBucket(job, server.url);
    const { code, log } = await job.run('prepare', { 'aws-role': role, 'sts-endpoint': server.url });
    expect(code).toBe(1);
    expect(log).toContain('the job needs permissions: { id-token: write }');
  });

  test('takes nothing on where no object storage is read', async () => {
    await using job = await startJob();
    const { code } = await job.run('prepare', { 'aws-role': role });
    expect(code).toBe(0);
  });

  test('refuses what is no role, and to send a token where others may read it', async () => {
    await using job = await startJob();
    const { code, log } = await job.run('prepare', { 'aws-role': 'ciclo' });
    expect(code).toBe(1);
    expect(log).toContain('aws-role: "ciclo" cannot be used; the ARN of a role is needed');
    const clear = await job.run('prepare', { 'aws-role': role, 'sts-endpoint': 'http://sts.example.org' });
    expect(clear.log).toContain(
      'sts-endpoint: "http://sts.example.org" cannot be used; an address that begins with https://',
    );
  });
});
