import { beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { httpServer } from '../testing/http-server.ts';
import { messageFrom } from '../testing/read-helpers.ts';
import { haveS3, type S3Server, s3Server } from '../testing/s3-server.ts';
import { roleOf } from './web-identity.ts';

const role = 'arn:aws:iam::123456789012:role/ciclo';
const start = Date.UTC(2026, 0, 1);

function identity(endpoint: string) {
  const hidden: string[] = [];
  let tokens = 0;
  return {
    hidden,
    ...{ role, endpoint, session: 'ciclo-4711' },
    token: () => Promise.resolve(`token-${++tokens}`),
    hide: (secret: string) => void hidden.push(secret),
  };
}

/** As https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html answers. */
const answer = (id: string, expires: number): string =>
  `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><SessionToken>${id}-token</SessionToken><SecretAccessKey>${id}-secret</SecretAccessKey><Expiration>${new Date(expires).toISOString()}</Expiration><AccessKeyId>${id}</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;

describe.skipIf(!haveS3())('a role, by moto', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await s3Server();
    return () => server[Symbol.asyncDispose]();
  });

  test('is taken on by the identity of the run, and every secret is hidden before it is used', async () => {
    const own = identity(server.url);
    const clock = fixedClock(Date.now());
    const credentials = await roleOf(own, { clock, logger: silentLogger })('us-east-1');
    expect(credentials.accessKeyId).toMatch(/^ASIA/);
    expect(own.hidden).toEqual([
      'token-1',
      credentials.accessKeyId,
      credentials.secretAccessKey,
      credentials.sessionToken,
    ]);
  });
});

describe('a role', () => {
  test('is taken on once, also by who asks at the same time, and again before it expires', async () => {
    const clock = fixedClock(start);
    await using server = await httpServer((_request, response, before) =>
      response.end(answer(`ASIA${before}`, clock.now() + 3_600_000)),
    );
    const take = roleOf(identity(server.url), { clock, logger: silentLogger });
    const ids = async (): Promise<string[]> => {
      const taken = await Promise.all([take('eu-west-1'), take('eu-west-1'), take('eu-west-1')]);
      return taken.map(({ accessKeyId }) => accessKeyId);
    };
    expect(await ids()).toEqual(['ASIA0', 'ASIA0', 'ASIA0']);
    await clock.sleep(3_200_000);
    expect(await ids()).toEqual(['ASIA0', 'ASIA0', 'ASIA0']);
    await clock.sleep(200_000);
    expect(await ids()).toEqual(['ASIA1', 'ASIA1', 'ASIA1']);
    expect(server.requests).toHaveLength(2);
  });

  test('is taken on again, once, when a storage says that its session has expired before its time', async () => {
    const clock = fixedClock(start);
    await using server = await httpServer((_request, response, before) =>
      response.end(answer(`ASIA${before}`, clock.now() + 3_600_000)),
    );
    const take = roleOf(identity(server.url), { clock, logger: silentLogger });
    const old = await take('eu-west-1');
    const taken = await Promise.all([take('eu-west-1', old), take('eu-west-1', old), take('eu-west-1')]);
    expect(taken.map(({ accessKeyId }) => accessKeyId)).toEqual([
      'ASIA1',
      'ASIA1',
      expect.stringMatching(/^ASIA[01]$/),
    ]);
    expect((await take('eu-west-1')).accessKeyId).toBe('ASIA1');
    expect(server.requests).toHaveLength(2);
  });

  test.each([
    ['AccessDenied', 403, 'its trust policy does not let this run take it on'],
    ['InvalidIdentityToken', 400, 'its account does not know who GitHub is'],
    ['ExpiredTokenException', 400, 'the token of this run came too late; run again'],
    ['SomethingElse', 400, 'check the inputs aws-role and sts-endpoint'],
  ])('that is refused by %s says why, without the token', async (code, status, words) => {
    await using server = await httpServer((_request, response) => {
      response
        .writeHead(status)
        .end(
          `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
        );
    });
    const take = roleOf(identity(server.url), { clock: fixedClock(start), logger: silentLogger });
    const message = await messageFrom(take('eu-west-1'));
    const { host } = new URL(server.url);
    expect(message).toContain(
      `aws-role: the role "${role}" cannot be taken on: ${host} answered ${status} ${code}: ${words}`,
    );
    expect(message).not.toContain('token-1');
  });

  test('that a service gives no credentials of is an error', async () => {
    await using server = await httpServer((_request, response) => {
      response.end('<html>welcome</html>');
    });
    const take = roleOf(identity(server.url), { clock: fixedClock(start), logger: silentLogger });
    expect(await messageFrom(take('eu-west-1'))).toContain(
      'does sts-endpoint name a service that speaks as AWS',
    );
  });

  test('whose service is away is tried again, and then said to be', async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(503).end();
    });
    const take = roleOf(identity(server.url), { clock: fixedClock(start), logger: silentLogger });
    expect(await messageFrom(take('eu-west-1'))).toBe(
      `taking on ${role} (${new URL(server.url).host}) gave no answer in 5 tries: 503 each time; run again later`,
    );
  });
});
