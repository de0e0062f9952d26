import type { BuildOptions, Plugin } from 'esbuild';

/** CommonJS packages within an ES module ask for Node's own modules by `require`. The names must not be those of the bundle. */
export const requireBanner = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/** zod's messages in forty languages, half of zod, which nothing here asks for. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/** How programs for Node are bundled: not minified, so that they can be read; licences stand in a file beside them. */
export const nodeProgram = {
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node24',
  charset: 'utf8',
  legalComments: 'none',
  tsconfigRaw: {},
  plugins: [withoutLocales],
} as const satisfies BuildOptions;
