import { afterAll, beforeAll } from 'vitest';
import { type TestServer, testServer } from './test-server.ts';
import { classifier, number } from './two-records.ts';

/** A server of numbers and one of labels, for all tests of a file. */
export function twoServers(): { readonly numbers: TestServer; readonly labels: TestServer } {
  const servers: { numbers?: TestServer; labels?: TestServer } = {};
  beforeAll(async () => {
    servers.numbers = await testServer(number);
    servers.labels = await testServer(classifier);
  });
  afterAll(async () => {
    await servers.numbers?.[Symbol.asyncDispose]();
    await servers.labels?.[Symbol.asyncDispose]();
  });
  return {
    get numbers() {
      return servers.numbers!;
    },
    get labels() {
      return servers.labels!;
    },
  };
}
