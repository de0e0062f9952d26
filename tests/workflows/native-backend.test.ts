import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nativeTensorFlow } from '../../actions/entry/acceleration.ts';
import { startRegistry } from '../../actions/entry/testing/package-registry.ts';
import { bundleEntry } from '../../scripts/release-bundle.ts';
import { runBundle } from './bundle-run.ts';
import { root } from './project-files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo-native-'));
  await bundleEntry(root, path.join(folder, 'dist'));
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the bundle with accelerate: tfjs-node', () => {
  /** The package's download is what a test cannot have: its addon is the one that scripts/build-tfjs-node.sh has built. */
  const built = path.join(root, 'node_modules', nativeTensorFlow.name);
  const standIn = {
    manifest: {
      name: nativeTensorFlow.name,
      version: nativeTensorFlow.version,
      main: 'main.js',
      scripts: { install: 'node install.js' },
    },
    files: {
      'install.js': `require('fs').writeFileSync('main.js', 'module.exports = require(${JSON.stringify(built)});');`,
    },
  };
  const inputs = {
    config: 'ciclo.yml',
    'working-directory': '.',
    artifacts: 'false',
    'retention-days': '30',
    'github-token': '',
  };

  async function workspace(): Promise<string> {
    const copy = await mkdtemp(path.join(folder, 'models-'));
    await cp(path.join(root, 'example-repo'), copy, {
      recursive: true,
      filter: (from) => path.basename(from) !== '.ciclo',
    });
    const config = path.join(copy, 'ciclo.yml');
    const declared = await readFile(config, 'utf8');
    await writeFile(config, declared.replace(/^train:$/m, 'train:\n  backend: node'));
    const prepared = await runBundle({
      dist: path.join(folder, 'dist'),
      workspace: copy,
      step: 'prepare',
      inputs: { ...inputs, 'source-env': '', 'aws-role': '', 'sts-endpoint': '' },
    });
    expect(prepared.status, prepared.log).toBe(0);
    return copy;
  }

  test('installs it, trains on it and says so', async () => {
    await using registry = await startRegistry([standIn]);
    const models = await workspace();
    const run = await runBundle({
      dist: path.join(folder, 'dist'),
      workspace: models,
      step: 'train',
      inputs: { ...inputs, accelerate: 'tfjs-node' },
      environment: registry.environment,
    });
    expect(run.status, run.log).toBe(0);
    expect(run.log).toContain('installing @tensorflow/tfjs-node 4.22.0');
    const manifest = JSON.parse(await readFile(path.join(models, '.ciclo/model/manifest.json'), 'utf8'));
    expect(manifest.versions['tensorflow.js']).toMatch(/^4\.22\./);
    expect(manifest.reproducible).toBe(false);
  });

  test('says without it what to set', async () => {
    const models = await workspace();
    const run = await runBundle({
      dist: path.join(folder, 'dist'),
      workspace: models,
      step: 'train',
      inputs: { ...inputs, accelerate: '' },
    });
    expect(run.status).toBe(1);
    expect(run.log).toMatch(
      /train\.backend: cannot load @tensorflow\/tfjs-node .*in a workflow by "accelerate: tfjs-node"/,
    );
  });
});
