import type { Logger } from '../../platform/logger.ts';
import type { ByteSource } from './byte-source.ts';

/** Bytes that are read before anybody would want to know how far it is. */
const shownSize = 20_000_000;
const megabyte = 1_000_000;

/** The same bytes; how many of many have been read is shown, in megabytes. */
export function shownSource(source: ByteSource, logger: Logger): ByteSource {
  const { name, size } = source;
  if (size === undefined || size < shownSize) return source;
  const total = Math.ceil(size / megabyte);
  return {
    ...{ name, size, digest: () => source.digest() },
    async *open() {
      let bytes = 0;
      for await (const chunk of source.open()) {
        yield chunk;
        bytes += chunk.length;
        logger.progress({ task: `read ${name}`, done: Math.ceil(bytes / megabyte), total, detail: 'MB' });
      }
    },
  };
}
