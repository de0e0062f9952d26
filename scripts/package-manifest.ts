import { z } from 'zod';

/** What npm shows and needs of package.json. Anything else (scripts, dependencies that are bundled) stays in the repository. */
const published = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  keywords: z.array(z.string()),
  homepage: z.string(),
  bugs: z.object({ url: z.string() }),
  repository: z.object({ type: z.string(), url: z.string() }),
  license: z.string(),
  type: z.literal('module'),
  engines: z.object({ node: z.string() }),
  peerDependencies: z.record(z.string(), z.string()),
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.literal(true) })),
});

/**
 * The manifest of the published package, from the repository's: the program is bundled, so it depends on nothing, and
 * what it can use besides (DuckDB, ONNX Runtime, TensorFlow's native library) are optional peers.
 *
 * @param manifest the repository's package.json, parsed.
 * @throws Error when a peer is not optional: npm would install it with the package.
 */
export function packageManifest(manifest: unknown): Record<string, unknown> {
  const { peerDependencies, peerDependenciesMeta, ...about } = published.parse(manifest);
  const needed = Object.keys(peerDependencies).filter((name) => !Object.hasOwn(peerDependenciesMeta, name));
  if (needed.length > 0) {
    throw new Error(
      `package.json: ${needed.join(', ')} must be optional in peerDependenciesMeta, or npm installs it with every ciclo`,
    );
  }
  return { ...about, bin: { ciclo: 'dist/ciclo.cjs' }, peerDependencies, peerDependenciesMeta };
}
