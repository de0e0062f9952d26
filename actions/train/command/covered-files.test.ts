import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { pipelineFolder, refusalOf } from '../../testing/pipeline-folder.ts';
import { coveredFiles } from './covered-files.ts';

type Files = Readonly<Record<string, string>>;

function configOf(commands: readonly Record<string, unknown>[]): string {
  return stringify({
    task: 'regression',
    target: 'price',
    data: { source: { type: 'file', path: 'data.csv' } },
    train: { candidates: commands.map((command) => ({ type: 'command', ...command })) },
  });
}

/** What a command line covers in a folder with these files. */
async function coveredBy(run: string, files: Files, more: Record<string, unknown> = {}): Promise<string[]> {
  await using folder = await pipelineFolder(configOf([{ run, ...more }]), files);
  const covered = await coveredFiles((await folder.pipeline()).loaded);
  return Object.keys(covered!.digests);
}

describe('the files that a command is determined by', () => {
  test('are the script and what it imports from beside it, one after the other', async () => {
    const files = {
      'train.py': 'import numpy as np\nimport features, helpers as h\nfrom models.tree import grow\n',
      'features.py': 'from scaling import (\n    standard,  # a comment\n    robust,\n)\n',
      'helpers.py': '',
      'scaling.py': 'from . import nothing\n',
      'models/__init__.py': 'from .base import Model\n',
      'models/base.py': '    import lazily\n',
      'models/tree.py':
        'from ..features import x; import importlib; importlib.import_module("plugins.one")\n',
      'models/unrelated.py': '',
      'lazily.py': '',
      'plugins/one.py': '',
      'unrelated.py': '',
      'data.csv': 'price\n1\n',
    };
    expect(await coveredBy('python train.py --rows 100', files)).toEqual([
      'features.py',
      'helpers.py',
      'lazily.py',
      'models/__init__.py',
      'models/base.py',
      'models/tree.py',
      'plugins/one.py',
      'scaling.py',
      'train.py',
    ]);
  });

  test('are those of a module of Python, of an option, and of another folder', async () => {
    const files = {
      'ml/__init__.py': '',
      'ml/train.py': 'from ml import features',
      'ml/features.py': '',
      'params.yml': '',
      'other/fit.py': 'import near',
      'other/near.py': '',
      'other/requirements.txt': '',
    };
    expect(await coveredBy('python -m ml.train --params=params.yml', files)).toEqual([
      'ml/__init__.py',
      'ml/features.py',
      'ml/train.py',
      'params.yml',
    ]);
    expect(await coveredBy('cd other && python "fit.py"', files)).toEqual([
      'other/fit.py',
      'other/near.py',
      'other/requirements.txt',
    ]);
  });

  test('are those of R, Julia, JavaScript and shell scripts', async () => {
    expect(
      await coveredBy('Rscript R/train.R', {
        'R/train.R': 'source("R/clean.R")\nsource("near.R")',
        'R/clean.R': '',
        'R/near.R': '',
      }),
    ).toEqual(['R/clean.R', 'R/near.R', 'R/train.R']);
    expect(await coveredBy('julia train.jl', { 'train.jl': 'include("a.jl")', 'a.jl': '' })).toEqual([
      'a.jl',
      'train.jl',
    ]);
    expect(
      await coveredBy('node train.ts', {
        'train.ts':
          "import { a } from './lib/a.js';\nimport x from 'arquero';\nconst b = await import('./b');",
        'lib/a.ts': "export * from './index'",
        'lib/index.ts': '',
        'b.mjs': '',
        'arquero.js': '',
      }),
    ).toEqual(['b.mjs', 'lib/a.ts', 'lib/index.ts', 'train.ts']);
    expect(
      await coveredBy('./train.sh', {
        'train.sh': '#!/usr/bin/env bash\nset -e\npython steps/fit.py',
        'steps/fit.py': '',
      }),
    ).toEqual(['steps/fit.py', 'train.sh']);
    expect(await coveredBy('make model', { Makefile: '' })).toEqual(['Makefile']);
  });

  test('are the lists of requirements beside ciclo.yml, those that they name, and what is declared', async () => {
    const files = {
      'train.py': '',
      'requirements.txt': '-r more.txt\nlightgbm==4.6.0',
      'more.txt': '',
      'uv.lock': '',
      'package.json': '{}',
      'README.md': '',
      'priors/a.json': '',
      'priors/deep/b.json': '',
      'weights.bin': '',
    };
    const files1 = await coveredBy('python train.py', files, { files: ['priors', 'weights.*'] });
    expect(files1).toEqual([
      'more.txt',
      'package.json',
      'priors/a.json',
      'priors/deep/b.json',
      'requirements.txt',
      'train.py',
      'uv.lock',
      'weights.bin',
    ]);
    expect(await refusalOf(coveredBy('python train.py', files, { files: ['prior/*.json'] }))).toBe(
      'train.candidates[0].files: "prior/*.json" matches no file in the folder of ciclo.yml',
    );
  });

  test('are of the repository: neither what is installed in it nor what lies outside', async () => {
    await using outside = await pipelineFolder('', { 'secret.py': '' });
    await using folder = await pipelineFolder(
      configOf([{ run: `.venv/bin/python train.py ${outside.path}/secret.py /bin/sh link.py` }]),
      {
        'train.py': 'import x',
        'x.py': 'import y',
        'y.py': 'import x',
        '.venv/bin/python': '',
      },
    );
    await symlink(path.join(outside.path, 'secret.py'), path.join(folder.path, 'link.py'));
    const covered = await coveredFiles((await folder.pipeline()).loaded);
    expect(Object.keys(covered!.digests)).toEqual(['train.py', 'x.py', 'y.py']);
  });

  test('may lie above ciclo.yml, as far as the repository goes', async () => {
    await using folder = await pipelineFolder('', {
      'scripts/train.py': 'import shared_code',
      'shared_code.py': '',
      'models/one/ciclo.yml': configOf([{ run: 'python ../../scripts/train.py' }]),
    });
    const { loadPipeline } = await import('../../pipeline/pipeline.ts');
    const load = async () =>
      coveredFiles((await loadPipeline(path.join(folder.path, 'models/one/ciclo.yml'))).loaded);
    expect((await load())!.bare).toEqual(['python ../../scripts/train.py']);
    await mkdir(path.join(folder.path, '.git'));
    expect(Object.keys((await load())!.digests)).toEqual(['../../scripts/train.py', '../../shared_code.py']);
  });

  test('are none where no candidate is a command, and are told where a command names none', async () => {
    await using folder = await pipelineFolder(
      configOf([{ run: 'train-model --fast' }, { run: 'python train.py' }]),
      { 'train.py': '' },
    );
    expect((await coveredFiles((await folder.pipeline()).loaded))!.bare).toEqual(['train-model --fast']);
    await folder.write(
      'ciclo.yml',
      'task: regression\ntarget: a\ndata: { source: { type: file, path: a.csv } }',
    );
    expect(await coveredFiles((await folder.pipeline()).loaded)).toBeUndefined();
  });
});

describe('the digest of those files', () => {
  test('changes with an imported module, and not with an unrelated file', async () => {
    await using folder = await pipelineFolder(configOf([{ run: 'python train.py' }]), {
      'train.py': 'from lib.features import make',
      'lib/features.py': 'import math',
      'unrelated.py': '',
    });
    const digest = async () => (await coveredFiles((await folder.pipeline()).loaded))!.digest;
    const first = await digest();
    await folder.write('unrelated.py', 'print(1)');
    await folder.write('README.md', 'words');
    expect(await digest()).toBe(first);
    await folder.write('lib/features.py', 'import math, sys');
    const second = await digest();
    expect(second).not.toBe(first);
    await folder.write('requirements.txt', 'lightgbm==4.6.0');
    expect(await digest()).not.toBe(second);
  });
});
