import { describe, expect, test } from 'vitest';
import { configSchema } from '../../shared/config/sections/schema.ts';
import { datasetWithheld } from './dataset-artifact.ts';

const configOf = (source: object) =>
  configSchema.parse({ task: 'regression', target: 'y', data: { source } });
const files = configOf({ type: 'file', path: 'data/*.csv' });
const secret = configOf({
  type: 'http',
  url: 'https://example.org/rows',
  headers: { Authorization: 'Bearer ${{ env.CICLO_API_TOKEN }}' },
});
const lake = configOf({ type: 'file', path: 's3://sales/*.parquet' });
const publicLake = configOf({ type: 'file', path: 's3://sales/*.parquet', storage: { anonymous: true } });
const database = configOf({ type: 'postgres', query: 'select 1' });

const open = { repository: { private: false, visibility: 'public' } };
const closed = { repository: { private: true, visibility: 'private' } };

describe('the dataset as an artifact', () => {
  test('is off where the repository is public and the source needs a secret', () => {
    expect(datasetWithheld({ artifacts: 'true' }, secret, open)).toContain(
      'anybody who is signed in may download the artifacts of a public repository',
    );
    expect(datasetWithheld({ artifacts: 'true' }, database, open)).toContain('artifacts: all keeps it');
    // Its keys, or its role, need no name in ciclo.yml.
    expect(datasetWithheld({ artifacts: 'true' }, lake, open)).toContain('artifacts: all keeps it');
    expect(datasetWithheld({ artifacts: 'true' }, secret, { repository: { private: false } })).toBeDefined();
    // Of a schedule or a dispatch that does not say: rather too little than too much.
    expect(datasetWithheld({ artifacts: 'true' }, secret, {})).toBeDefined();
  });

  test('is kept of files that are public themselves, and where only members read', () => {
    expect(datasetWithheld({ artifacts: 'true' }, files, open)).toBeUndefined();
    expect(datasetWithheld({ artifacts: 'true' }, publicLake, open)).toBeUndefined();
    expect(datasetWithheld({ artifacts: 'true' }, secret, closed)).toBeUndefined();
    const internal = { repository: { private: true, visibility: 'internal' } };
    expect(datasetWithheld({ artifacts: 'true' }, secret, internal)).toBeUndefined();
  });

  test('follows what was asked for', () => {
    expect(datasetWithheld({ artifacts: 'all' }, secret, open)).toBeUndefined();
    expect(datasetWithheld({ artifacts: 'results' }, files, closed)).toContain('artifacts is results');
    expect(datasetWithheld({ artifacts: 'false' }, secret, open)).toBeUndefined();
  });
});
