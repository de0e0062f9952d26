import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderSize } from '../../scripts/folder-size.ts';
import { buildReleaseTree } from '../../scripts/release-tree.ts';
import { runBundle } from './bundle-run.ts';
import { workflowErrors } from './github-parser.ts';
import { root, textOf } from './project-files.ts';

let folder: string;
let release: string;
/** The same, built again and rewritten to plain references. */
let rewritten: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo-release-'));
  release = path.join(folder, 'a release');
  rewritten = path.join(folder, 'rewritten');
  await buildReleaseTree(root, release);
  await buildReleaseTree(root, rewritten, { self: 'my-org/ciclo@v1' });
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function filesOf(tree: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const read = files.sort().map(async (file) => [path.relative(tree, file), await readFile(file)] as const);
  return new Map(await Promise.all(read));
}

const dist = path.join('actions', 'entry', 'dist');

describe('the release tree', () => {
  test('holds what users refer to, the bundle and the licences, and nothing else', async () => {
    const names = [...(await filesOf(release)).keys()];
    expect(names.filter((name) => !name.startsWith(dist))).toEqual([
      '.github/workflows/comment.yml',
      '.github/workflows/deploy.yml',
      '.github/workflows/drift.yml',
      '.github/workflows/gate.yml',
      '.github/workflows/pages.yml',
      'LICENSE',
      'NOTICE',
      'README.md',
      'actions/comment/README.md',
      'actions/comment/action.yml',
      'actions/deploy/README.md',
      'actions/deploy/action.yml',
      'actions/drift-check/README.md',
      'actions/drift-check/action.yml',
      'actions/entry/action.yml',
      'actions/prepare/README.md',
      'actions/prepare/action.yml',
      'actions/propose/README.md',
      'actions/propose/action.yml',
      'actions/setup/README.md',
      'actions/setup/action.yml',
      'actions/site/README.md',
      'actions/site/action.yml',
      'actions/train/README.md',
      'actions/train/action.yml',
      'actions/validate/README.md',
      'actions/validate/action.yml',
      'ciclo.schema.json',
    ]);
    const bundled = names.filter((name) => name.startsWith(dist)).map((name) => path.basename(name));
    expect(bundled).toEqual(
      expect.arrayContaining(['index.js', 'package.json', 'licenses.txt', 'tfjs-backend-wasm-simd.wasm']),
    );
    expect(bundled.every((name) => /\.(m?js|json|txt|wasm)$/.test(name))).toBe(true);
  });

  test('is byte-identical when it is built again, into another folder', async () => {
    const [one, two] = [await filesOf(path.join(release, dist)), await filesOf(path.join(rewritten, dist))];
    expect([...two.keys()]).toEqual([...one.keys()]);
    for (const [name, bytes] of one) expect(two.get(name)!.equals(bytes), name).toBe(true);
  });

  test("has main's workflows byte for byte: only then may the workflow's own token push them", async () => {
    for (const name of ['gate', 'deploy', 'drift', 'pages', 'comment']) {
      const file = `.github/workflows/${name}.yml`;
      expect(await readFile(path.join(release, file), 'utf8')).toBe(textOf(file));
    }
  });

  test('names no folder of the machine that built it and has no source maps', async () => {
    for (const [name, bytes] of await filesOf(release)) {
      const text = bytes.toString('latin1');
      for (const place of [root, homedir() === '/' ? root : `${homedir()}/`, `${tmpdir()}/`, 'file:///']) {
        expect(text.includes(place) ? `${name}: ${place}` : name).toBe(name);
      }
      if (name.endsWith('.js')) expect(text.includes('sourceMappingURL=')).toBe(false);
    }
  });

  test('is at most 25 MB without WebAssembly, un-minified', async () => {
    const { code, wasm } = await folderSize(path.join(release, dist));
    expect(code).toBeLessThan(25e6);
    expect(wasm).toBeLessThan(1.5e6);
    const files = await filesOf(path.join(release, dist));
    for (const [name, bytes] of files) {
      const text = bytes.toString();
      // Minified, a file is a few lines.
      if (name.endsWith('index.js')) expect(text.length / text.split('\n').length, name).toBeLessThan(500);
    }
  });

  test('names the licence of every bundled package', async () => {
    const licences = await readFile(path.join(release, dist, 'licenses.txt'), 'utf8');
    const bundled = new Set<string>();
    for (const [name, bytes] of await filesOf(path.join(release, dist))) {
      if (!name.endsWith('.js')) continue;
      for (const [, found] of bytes.toString().matchAll(/\.\/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)) {
        bundled.add(found!);
      }
    }
    expect(bundled.size).toBeGreaterThan(50);
    const listed = new Set([...licences.matchAll(/^(\S+) \d+\.\d+\.\d+\S*$/gm)].map((match) => match[1]));
    expect([...bundled].filter((name) => !listed.has(name))).toEqual([]);
  });

  test('has no relative link that leads out of it', async () => {
    const files = await filesOf(release);
    for (const [name, bytes] of files) {
      if (!name.endsWith('.md')) continue;
      for (const [, target] of bytes.toString().matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^(https:|#)/.test(target!)) continue;
        expect(files.has(path.join(path.dirname(name), target!)), `${name}: ${target}`).toBe(true);
      }
    }
  });
});

describe('rewritten to plain references', () => {
  test('it says owner/repo/path@ref wherever it said $/, and differs in nothing else', async () => {
    const [plain, own] = [await filesOf(rewritten), await filesOf(release)];
    for (const [name, bytes] of own) {
      const expected = bytes.toString('latin1').replaceAll(/uses: \$\/(\S+)/g, 'uses: my-org/ciclo/$1@v1');
      expect(plain.get(name)!.toString('latin1') === expected, name).toBe(true);
    }
    const gate = plain.get('.github/workflows/gate.yml')!.toString();
    expect(gate).toContain('uses: my-org/ciclo/actions/prepare@v1');
    expect(gate).not.toContain('$/');
    expect(await workflowErrors('gate.yml', gate)).toEqual([]);
  });
});

describe('the bundle', () => {
  const common = {
    config: 'ciclo.yml',
    'working-directory': '.',
    artifacts: 'false',
    'retention-days': '30',
    'github-token': '',
  };
  const inputs: Record<string, Record<string, string>> = {
    prepare: { ...common, 'source-env': '', 'aws-role': '', 'sts-endpoint': '' },
    train: { ...common, accelerate: '' },
    validate: {
      ...common,
      champion: '',
      'fail-on': 'never',
      'on-loosened': 'fail',
      comment: 'false',
      check: 'false',
    },
  };
  let workspace: string;
  /** Words that stand in a library's own code alone. */
  const library = {
    tensorflow: 'registerKernel',
    vega: 'vega-lite',
    artifacts: 'storage-blob',
    arquero: 'hashJoin',
  };

  async function contains(files: readonly string[], word: string): Promise<boolean> {
    const texts = await Promise.all(files.map((file) => readFile(path.join(release, dist, file), 'utf8')));
    return texts.some((text) => text.includes(word));
  }

  beforeAll(async () => {
    workspace = path.join(folder, 'my models');
    await cp(path.join(root, 'example-repo'), workspace, {
      recursive: true,
      filter: (from) => path.basename(from) !== '.ciclo',
    });
    for (const name of await readdir(path.join(release, dist))) {
      await chmod(path.join(release, dist, name), 0o444);
    }
    await chmod(path.join(release, dist), 0o555);
  });

  afterAll(() => chmod(path.join(release, dist), 0o755));

  /** Most that a step may load, in bytes: what the runner reads before the step's own work begins. */
  test.each([
    ['prepare', 5e6, { tensorflow: false, vega: false, artifacts: false, arquero: false }],
    ['train', 6e6, { tensorflow: false, vega: false, artifacts: false, arquero: false }],
    ['validate', 8e6, { tensorflow: false, vega: true, artifacts: false, arquero: false }],
  ] as const)(
    'runs %s where its folder is read-only and paths hold spaces, and loads what it needs',
    async (step, limit, needs) => {
      const run = await runBundle({ dist: path.join(release, dist), workspace, step, inputs: inputs[step]! });
      expect(run.status, run.log).toBe(0);
      expect(run.outputs).toContain('fingerprint');
      expect(run.loaded).toContain('index.js');
      for (const [name, needed] of Object.entries(needs)) {
        expect([name, await contains(run.loaded, library[name as keyof typeof library])]).toEqual([
          name,
          needed,
        ]);
      }
      const sizes = await Promise.all(run.loaded.map((file) => stat(path.join(release, dist, file))));
      expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(limit);
    },
  );

  test('loads TensorFlow, and its WebAssembly beside the bundle, for who asks for it', async () => {
    const config = path.join(workspace, 'ciclo.yml');
    const declared = await readFile(config, 'utf8');
    await writeFile(config, declared.replace(/^train:$/m, 'train:\n  backend: wasm'));
    const run = await runBundle({
      dist: path.join(release, dist),
      workspace,
      step: 'train',
      inputs: inputs.train!,
    });
    await writeFile(config, declared);
    expect(run.status, run.log).toBe(0);
    expect(await contains(run.loaded, library.tensorflow)).toBe(true);
    const report = JSON.parse(await readFile(path.join(workspace, '.ciclo/model/training.json'), 'utf8'));
    expect(report.engine).toMatchObject({ name: 'ensemble', backend: 'wasm' });
  });

  test('runs the steps of a pipeline with several sources, and loads arquero for it alone', async () => {
    const run = await runBundle({
      dist: path.join(release, dist),
      workspace,
      step: 'prepare',
      inputs: { ...inputs.prepare!, 'working-directory': 'flights' },
    });
    expect(run.status, run.log).toBe(0);
    expect(await contains(run.loaded, library.arquero)).toBe(true);
    const schema = await readFile(path.join(workspace, 'flights/.ciclo/dataset/schema.json'), 'utf8');
    expect(schema).toContain('rolled up from flights (step 4)');
  });

  test('has written nothing into its own folder', async () => {
    const [used, unused] = [
      await filesOf(path.join(release, dist)),
      await filesOf(path.join(rewritten, dist)),
    ];
    expect([...used.keys()]).toEqual([...unused.keys()]);
    for (const [name, bytes] of unused) expect(used.get(name)!.equals(bytes), name).toBe(true);
  });

  test("a mistake is one message, with no stack of the bundle's", async () => {
    const run = await runBundle({
      dist: path.join(release, dist),
      workspace,
      step: 'prepare',
      inputs: { ...inputs.prepare!, config: 'nowhere.yml' },
    });
    expect(run.status).toBe(1);
    expect(run.log).toContain('nowhere.yml');
    expect(run.log).not.toContain('    at ');
  });
});
