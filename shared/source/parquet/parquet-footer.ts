// The footer of a Parquet file, and what is said where it cannot be read.
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetSchema } from 'hyparquet';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import type { ByteRanges } from '../files/byte-ranges.ts';
import { refuseForeign } from '../unread-files.ts';

/** A text that the writer stored under a name, such as `pandas`. */
export function metadataOf({ key_value_metadata: pairs }: FileMetaData, wanted: string): string | undefined {
  return pairs?.find(({ key }) => key === wanted)?.value;
}

/** The columns of the schema, whose parts a damaged footer may lack. */
export function childrenOf(
  metadata: FileMetaData,
  name: string,
): ReturnType<typeof parquetSchema>['children'] {
  let children: ReturnType<typeof parquetSchema>['children'];
  try {
    children = parquetSchema(metadata).children;
  } catch (error) {
    throw damaged(name, error);
  }
  const nameless = children.some(({ element }) => typeof element?.name !== 'string');
  if (nameless) throw damaged(name, new RangeError('a column without a name'));
  return children;
}

/** The bytes as hyparquet asks for them. */
export function bufferOf(bytes: ByteRanges): AsyncBuffer {
  return {
    byteLength: bytes.byteLength,
    slice(start, end) {
      const slice = bytes.slice(start, end);
      // hyparquet asks for several slices ahead; when one fails it never awaits the others, which must not end the process.
      slice.catch(() => undefined);
      return slice;
    },
  };
}

/**
 * What the footer says.
 *
 * @throws ConfigurationError when the file is encrypted, of another format, cut short or damaged.
 */
export async function readMetadata(file: AsyncBuffer, name: string): Promise<FileMetaData> {
  const mark = async (at: number): Promise<string> => {
    const start = Math.max(at, 0);
    const bytes = Buffer.from(await file.slice(start, Math.min(start + 4, file.byteLength)));
    return Buffer.concat([bytes, Buffer.alloc(4)], 4).toString('latin1');
  };
  const first = await mark(0);
  const last = await mark(file.byteLength - 4);
  if (first === 'PARE' || last === 'PARE') {
    throw new ConfigurationError(`${name} is an encrypted Parquet file; write it without encryption`);
  }
  if (first !== 'PAR1') {
    refuseForeign(new Uint8Array(await file.slice(0, Math.min(1024, file.byteLength))), name);
    throw new ConfigurationError(
      `${name} is not a Parquet file: it begins with ${JSON.stringify(first)} instead of "PAR1"`,
    );
  }
  if (last !== 'PAR1' || file.byteLength < 12) {
    throw new ConfigurationError(
      `${name} is cut short: it begins as a Parquet file but its ${file.byteLength} bytes do not end as one ` +
        '("PAR1"); copy or write it again',
    );
  }
  try {
    return await parquetMetadataAsync(file, { geoparquet: false });
  } catch (error) {
    throw damaged(name, error);
  }
}

/** The error for a file whose footer, or whose `column`, cannot be read. */
export function damaged(name: string, error: unknown, column?: string): ConfigurationError {
  // Where it comes from has said already why its bytes cannot be had.
  if (error instanceof ConfigurationError) return error;
  const where = column === undefined ? 'its footer' : `column ${column}`;
  return new ConfigurationError(
    `${name} is a damaged Parquet file: ${where} cannot be read (${messageOf(error)}); copy or write it again`,
    { cause: error },
  );
}
