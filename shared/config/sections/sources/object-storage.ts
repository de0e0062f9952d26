import { z } from 'zod';
import { wordings } from '../../messages/wording.ts';
import { retries } from './source-keys.ts';

/** Keys of a `file` source whose paths are `s3://bucket/…`: where the storage is, and who asks. */
export const objectStorageSchema = z
  .strictObject({
    region: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .default('us-east-1')
      .register(wordings, {
        noun: 'a region',
        allowed: 'the name of a region, such as eu-west-1; auto of some',
      })
      .meta({ description: 'The region of the bucket. Default: us-east-1.' }),
    endpoint: z
      .string()
      .regex(/^https?:\/\/[^\s/?#@]+\/?$/)
      .optional()
      .register(wordings, {
        noun: 'the address of a storage',
        allowed: 'https:// and a host, such as https://storage.googleapis.com or http://127.0.0.1:9000',
      })
      .meta({
        description:
          'Address of a storage that speaks as S3 does (MinIO, Ceph, R2, Google Cloud Storage …). Default: that of AWS in the region.',
      }),
    'path-style': z.boolean().optional().meta({
      description:
        'true: the bucket is in the path, https://host/bucket/key; false: in the host, https://bucket.host/key. Default: true with endpoint, else false.',
    }),
    anonymous: z.boolean().default(false).meta({
      description: 'true: a public bucket is asked without credentials.',
    }),
    'access-key-id': z.string().min(1).optional().meta({
      description:
        'By ${{ env.CICLO_… }} only. Default: the role that the workflow takes on, else ${{ env.CICLO_S3_ACCESS_KEY_ID }}.',
    }),
    'secret-access-key': z.string().min(1).optional().meta({
      description: 'By ${{ env.CICLO_… }} only. Default: ${{ env.CICLO_S3_SECRET_ACCESS_KEY }}.',
    }),
    'session-token': z.string().min(1).optional().meta({
      description:
        'Of temporary credentials, by ${{ env.CICLO_… }} only. Default: ${{ env.CICLO_S3_SESSION_TOKEN }} where that is set.',
    }),
    timeout: z.number().positive().default(60).meta({ description: 'Seconds for each request.' }),
    retries,
  })
  .meta({
    description:
      'Of s3:// paths: where the storage is, and with which credentials it is asked. Default: AWS, with the keys in CICLO_S3_ACCESS_KEY_ID and CICLO_S3_SECRET_ACCESS_KEY.',
  });

export type ObjectStorageConfig = z.output<typeof objectStorageSchema>;

/** What an address of object storage begins with. */
export const objectScheme = 's3://';

/** The paths of a source that are addresses of objects, `s3://bucket/key`. */
export function objectPaths(path: string | readonly string[]): string[] {
  return [path].flat().filter((one) => one.startsWith(objectScheme));
}
