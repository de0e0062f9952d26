import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves a site's files below `/team/models/` on loopback, and nothing else. */
export async function serveSite(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<{ readonly url: string; readonly missed: readonly string[]; close(): Promise<void> }> {
  const below = '/team/models/';
  const missed: string[] = [];
  const server = createServer((request, response) => {
    const asked = (request.url ?? '').split(/[?#]/)[0]!;
    const name = asked.startsWith(below) ? asked.slice(below.length) : undefined;
    const file =
      name === undefined
        ? undefined
        : files.get(name === '' || name.endsWith('/') ? `${name}index.html` : name);
    if (!file) missed.push(asked);
    response.writeHead(file ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(file);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${below}`,
    missed,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
