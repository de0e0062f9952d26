import path from 'node:path';
import { build } from 'esbuild';

const standIns = 'shared/site/browser/stand-ins';
/** Larger than this, the page would not keep its promise of 300 KB with a model in it. */
const largest = 200_000;

/**
 * The module shared/site/generated/page-script.ts. zod and acorn are replaced by stand-ins: what they would check
 * was checked when the site was made.
 *
 * @param root the project's folder.
 * @throws Error when the script is larger than it may be, or could not stand inside a page.
 */
export async function bundleSiteScript(root: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['shared/site/browser/page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'inline',
    tsconfigRaw: {},
    alias: {
      zod: path.join(root, standIns, 'zod.ts'),
      acorn: path.join(root, standIns, 'acorn.ts'),
    },
  });
  const script = outputFiles[0]!.text;
  if (/<\/script|<!--/i.test(script))
    throw new Error('the script holds what would end its element in a page');
  if (Buffer.byteLength(script) > largest) {
    throw new Error(`the script has ${Buffer.byteLength(script)} bytes; at most ${largest} are allowed`);
  }
  return `// Made by scripts/build-site-script.ts from shared/site/browser: change it there.
// biome-ignore-all format: as esbuild writes it
// biome-ignore-all lint: as esbuild writes it

/** The script of a prediction page, not minified. */
export const pageScript = \`${script.replace(/[\\`]|\$\{/g, '\\$&')}\`;
`;
}
