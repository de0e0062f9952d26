import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import { type FileSourceConfig, isObjectSource } from '../sections/sources/file-source.ts';
import { type ObjectStorageConfig, objectPaths, objectScheme } from '../sections/sources/object-storage.ts';
import { referencesIn } from './environment-reference.ts';

/** Where a path with another scheme leads. */
const otherSchemes: Readonly<Record<string, string>> = {
  s3a: 'write s3://',
  s3n: 'write s3://',
  gs: 'Google Cloud Storage answers as S3 does: write s3://, storage: { endpoint: "https://storage.googleapis.com" } and an HMAC key',
  http: 'write source: { type: http, url: … }',
  https: 'write source: { type: http, url: … }',
};

/** Paths and keys of object storage that cannot be: a secret in the file among them. @param at the source's key path. */
export function* objectProblems(source: FileSourceConfig, at: KeyPath): Iterable<Problem> {
  const paths = [source.path].flat();
  const pathAt = (index: number): KeyPath =>
    typeof source.path === 'string' ? [...at, 'path'] : [...at, 'path', index];
  for (const [index, path] of paths.entries()) {
    const message = pathProblem(path);
    if (message !== undefined) yield { path: pathAt(index), message };
  }
  const objects = objectPaths(source.path);
  if (objects.length > 0 && objects.length < paths.length) {
    const index = paths.findIndex((path) => !path.startsWith(objectScheme));
    const message = `"${paths[index]}" is a file beside ciclo.yml and "${objects[0]}" is in object storage; allowed: one or the other, or two of data.sources and a step union`;
    yield { path: pathAt(index), message };
  }
  if (!source.storage) return;
  if (!isObjectSource(source)) {
    const message = 'says where s3:// paths are, and no path of this source begins with s3://; leave it out';
    yield { path: [...at, 'storage'], message };
  }
  yield* credentialProblems(source.storage, [...at, 'storage']);
}

function pathProblem(path: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1];
  if (scheme === undefined) return undefined;
  if (scheme !== 's3') {
    const advice =
      otherSchemes[scheme.toLowerCase()] ?? 'a path is a file beside ciclo.yml, or s3://bucket/key';
    return `"${path}" cannot be read: ${advice}`;
  }
  const [bucket = '', ...key] = path.slice(objectScheme.length).split('/');
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i.test(bucket)) {
    return `"${path}": ${bucket === '' ? 'there is no bucket' : `"${bucket}" is not the name of a bucket`}; allowed: s3://bucket/path/*.parquet`;
  }
  if (key.join('/') === '')
    return `"${path}" names a bucket and nothing in it; allowed: s3://${bucket}/*.parquet, or a folder such as s3://${bucket}/data/`;
  if (key.some((part) => part === '.' || part === '..'))
    return `"${path}": "." and ".." lead nowhere in object storage; write the whole path`;
  return undefined;
}

const keys = ['access-key-id', 'secret-access-key', 'session-token'] as const;

function* credentialProblems(storage: ObjectStorageConfig, at: KeyPath): Iterable<Problem> {
  for (const key of keys) {
    const value = storage[key];
    if (value === undefined) continue;
    const references = referencesIn(value);
    for (const reference of references) {
      if ('problem' in reference)
        yield { path: [...at, key], message: `"${reference.text}": ${reference.problem}` };
    }
    if (references.length === 0) {
      const name = `CICLO_S3_${key.replaceAll('-', '_').toUpperCase()}`;
      const message = `the file contains a secret, and is committed; write \${{ env.${name} }} for it`;
      yield { path: [...at, key], message };
    }
    if (storage.anonymous) {
      yield {
        path: [...at, key],
        message: 'is a credential, and anonymous: true asks without any; leave one of them out',
      };
    }
  }
  const [id, secret, token] = keys.map((key) => storage[key]);
  const missing = id === undefined ? keys[0] : keys[1];
  if ((id === undefined) !== (secret === undefined) || (token !== undefined && id === undefined)) {
    const message = `lacks ${missing}: access-key-id and secret-access-key go together; leave all keys out for the defaults`;
    yield { path: at, message };
  }
}
