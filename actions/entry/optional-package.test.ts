import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { installOptionalPackage, type OptionalPackage } from './optional-package.ts';
import { type PackageRegistry, type PublishedPackage, startRegistry } from './testing/package-registry.ts';

const wanted: OptionalPackage = {
  name: '@acme/native',
  version: '1.2.3',
  scripts: false,
  asked: 'accelerate',
  remedy: 'leave accelerate out',
};

const native: PublishedPackage = {
  manifest: { name: '@acme/native', version: '1.2.3', main: 'main.js', dependencies: { helper: '^2.0.0' } },
  files: { 'main.js': "module.exports = 'native with ' + require('helper');" },
};
const helper: PublishedPackage = {
  manifest: { name: 'helper', version: '2.1.0', main: 'main.js' },
  files: { 'main.js': "module.exports = 'help';" },
};
/** The package with an install script. */
const withScript = (install: string, files: Readonly<Record<string, string>> = {}): PublishedPackage => ({
  manifest: { name: '@acme/native', version: '1.2.3', main: 'main.js', scripts: { install } },
  files: { 'main.js': '', ...files },
});

const install = (
  registry: PackageRegistry,
  change: Partial<OptionalPackage> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<string> =>
  installOptionalPackage(
    { ...wanted, ...change },
    { logger: silentLogger, environment: { ...registry.environment, ...environment } },
  );

async function refusal(installing: Promise<string>): Promise<string> {
  const error = await installing.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ConfigurationError) return error.message;
  throw error;
}

const loadFrom = (folder: string): unknown =>
  createRequire(path.join(folder, 'package.json'))('@acme/native') as unknown;

describe('a package that is installed on request', () => {
  test('can be loaded from the folder, with what it depends on', async () => {
    await using registry = await startRegistry([native, helper]);
    const folder = await install(registry);
    expect(path.relative(registry.environment.RUNNER_TEMP!, folder)).toBe(
      'ciclo-packages/@acme-native-1.2.3',
    );
    expect(loadFrom(folder)).toBe('native with help');
  });

  test('is not installed a second time', async () => {
    await using registry = await startRegistry([native, helper]);
    const folder = await install(registry);
    const asked = registry.requests.length;
    expect(await install(registry)).toBe(folder);
    expect(registry.requests).toHaveLength(asked);
  });

  test('is there for both when two install it at once, and nothing is left beside it', async () => {
    await using registry = await startRegistry([native, helper]);
    const [one, other] = await Promise.all([install(registry), install(registry)]);
    expect(other).toBe(one);
    expect(loadFrom(one!)).toBe('native with help');
    expect(await readdir(path.dirname(one!))).toEqual(['@acme-native-1.2.3']);
  });

  test('runs its install script where that is wanted, and only there', async () => {
    const script = `node -e "fs.writeFileSync('built', '')"`;
    const built = (folder: string) => existsSync(path.join(folder, 'node_modules/@acme/native/built'));
    await using registry = await startRegistry([withScript(script)]);
    expect(built(await install(registry, { scripts: true }))).toBe(true);
    await using another = await startRegistry([withScript(script)]);
    expect(built(await install(another))).toBe(false);
  });

  test('learns nothing of the job’s tokens and secrets from its environment', async () => {
    const script = `node -e "fs.writeFileSync('seen', Object.keys(process.env).join('\\n'))"`;
    await using registry = await startRegistry([withScript(script)]);
    const secrets = [
      'GITHUB_TOKEN',
      'ACTIONS_RUNTIME_TOKEN',
      'INPUT_INPUTS',
      'CICLO_PASSWORD',
      'AWS_SECRET_KEY',
    ];
    const folder = await install(
      registry,
      { scripts: true },
      Object.fromEntries([...secrets, 'HTTPS_PROXY'].map((name) => [name, ''])),
    );
    const seen = (await readFile(path.join(folder, 'node_modules/@acme/native/seen'), 'utf8')).split('\n');
    expect(secrets.filter((name) => seen.includes(name))).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining(['PATH', 'HOME', 'HTTPS_PROXY']));
  });

  test('keeps the files of this machine’s platform alone', async () => {
    const own = `bin/v6/${process.platform}/${process.arch}/binding.node`;
    const files = {
      'bin/v6/plan9/x64/a': '',
      [`bin/v6/${process.platform}/mips/a`]: '',
      [own]: '',
      'main.js': '',
    };
    await using registry = await startRegistry([{ ...native, files }, helper]);
    const folder = path.join(await install(registry, { platforms: 'bin/v6' }), 'node_modules/@acme/native');
    const left = await readdir(path.join(folder, 'bin'), { recursive: true, withFileTypes: true });
    expect(
      left
        .filter((entry) => entry.isFile())
        .map((e) => path.relative(folder, path.join(e.parentPath, e.name))),
    ).toEqual([own]);
  });
});

describe('a package that cannot be had', () => {
  test('for this platform: says for which it could', async () => {
    const files = { 'bin/v6/plan9/x64/a': '', 'bin/v6/plan9/arm64/a': '', 'main.js': '' };
    await using registry = await startRegistry([{ ...native, files }, helper]);
    expect(await refusal(install(registry, { platforms: 'bin/v6' }))).toBe(
      `accelerate: @acme/native 1.2.3 has no files for ${process.platform} ${process.arch}, only for plan9 arm64, plan9 x64\nleave accelerate out`,
    );
  });

  test('by its own word for this platform: quotes npm', async () => {
    const manifest = { name: '@acme/native', version: '1.2.3', os: ['plan9'] };
    await using registry = await startRegistry([{ manifest }]);
    expect(await refusal(install(registry))).toMatch(/npm ended with code 1\n.*\n.*EBADPLATFORM[\s\S]*plan9/);
  });

  test('because the registry does not have it: quotes npm, without the path of its log', async () => {
    await using registry = await startRegistry([]);
    const message = await refusal(install(registry));
    expect(message).toMatch(
      /^accelerate: cannot install @acme\/native 1\.2\.3 on \w+ \w+: npm ended with code 1\nnpm said at the end:\n[\s\S]*E404[\s\S]*\nleave accelerate out$/,
    );
    expect(message).not.toContain(registry.folder);
  });

  test('because nobody answers: says so within seconds, not minutes', async () => {
    await using registry = await startRegistry([]);
    // The port of a server that has ended.
    const closed = await startRegistry([]);
    await closed[Symbol.asyncDispose]();
    const { npm_config_registry } = closed.environment;
    const message = await refusal(install(registry, {}, { npm_config_registry: npm_config_registry! }));
    expect(message).toContain('ECONNREFUSED');
  }, 30_000);

  test('because its install script fails: quotes the script', async () => {
    await using registry = await startRegistry([
      withScript('node fail.js', { 'fail.js': "console.error('no libtensorflow here'); process.exit(3);" }),
    ]);
    expect(await refusal(install(registry, { scripts: true }))).toMatch(
      /npm ended with code 3\n[\s\S]*no libtensorflow here/,
    );
  });

  test('because it takes too long: says how long it may take', async () => {
    await using registry = await startRegistry([withScript('node -e "setTimeout(() => {}, 60000)"')]);
    const installing = installOptionalPackage(
      { ...wanted, scripts: true },
      { logger: silentLogger, environment: registry.environment, limit: 3000 },
    );
    expect(await refusal(installing)).toContain('npm was stopped because it took more than 3 s');
  });

  test('because there is no npm: says so', async () => {
    await using registry = await startRegistry([]);
    const empty = path.join(registry.folder, 'empty');
    await mkdir(empty);
    expect(await refusal(install(registry, {}, { PATH: empty }))).toContain('npm is not on PATH');
  });

  test('leaves nothing behind', async () => {
    await using registry = await startRegistry([]);
    await refusal(install(registry));
    expect(await readdir(path.join(registry.environment.RUNNER_TEMP!, 'ciclo-packages'))).toEqual([]);
  });

  test('is what its lock says, with what it depends on, and nothing newer or other', async () => {
    await using registry = await startRegistry([native, helper]);
    const integrityOf = async (name: string, version: string): Promise<string> => {
      const answer = await fetch(`${registry.environment.npm_config_registry}/${name}`);
      const { versions } = (await answer.json()) as {
        versions: Record<string, { dist: { integrity: string } }>;
      };
      return versions[version]!.dist.integrity;
    };
    const packages = {
      '@acme/native': {
        version: '1.2.3',
        integrity: await integrityOf('@acme/native', '1.2.3'),
        dependencies: { helper: '^2.0.0' },
      },
      helper: { version: '2.1.0', integrity: await integrityOf('helper', '2.1.0') },
    };
    expect(loadFrom(await install(registry, { packages }))).toBe('native with help');
    await using forged = await startRegistry([
      native,
      { ...helper, files: { 'main.js': "module.exports = 'harm';" } },
    ]);
    const message = await refusal(install(forged, { packages }));
    expect(message).toContain('accelerate: cannot install @acme/native 1.2.3');
    expect(message).toContain('EINTEGRITY');
    expect(message).toContain('leave accelerate out');
  });
});
