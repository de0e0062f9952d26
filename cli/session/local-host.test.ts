import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { historyBranch, historyFile } from '../../actions/drift-check/history.ts';
import { sampleRelease } from '../../shared/forge/testing/release-contract.ts';
import { sampleTag } from '../../shared/forge/testing/tag-contract.ts';
import { appendLine } from '../../shared/forge/upsert/append-line.ts';
import { upsertIssue } from '../../shared/forge/upsert/issue-upsert.ts';
import { upsertRelease } from '../../shared/forge/upsert/release-upsert.ts';
import { temporaryFolder } from '../../shared/source/testing/temporary-folder.ts';
import { headCommit, requireLocalHost } from './local-host.ts';

const pipelines = ['fuel', 'price'] as const;

async function openRepository() {
  const files = pipelines.map((name) => [`models/${name}/ciclo.yml`, `name: ${name}\n`] as const);
  const folder = await temporaryFolder(Object.fromEntries(files));
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@t'];
  const git = (...words: string[]) => execFileSync('git', ['-C', folder.path, ...who, ...words]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=two pipelines');
  const hostOf = (name: string) => requireLocalHost(path.join(folder.path, 'models', name, 'ciclo.yml'));
  return Object.assign(folder, { hostOf });
}

test('pipelines of one repository have one code host, in which none writes over what another wrote', async () => {
  await using repository = await openRepository();
  const written = await Promise.all(
    pipelines.map(async (pipeline) => {
      const { forge, repository: root } = await repository.hostOf(pipeline);
      const tag = `${pipeline}@v1.0.0`;
      await forge.tags.create(sampleTag({ name: tag, commit: await headCommit(root) }));
      await upsertRelease(forge.releases, sampleRelease({ tag, title: pipeline }));
      await appendLine(forge, {
        ...{ branch: historyBranch, pipeline, path: historyFile(pipeline) },
        ...{ line: `{"pipeline":"${pipeline}"}`, key: (line) => line, message: pipeline },
      });
      const marker = { pipeline, kind: 'retraining' };
      const wanted = { marker, title: pipeline, body: 'drift', labels: ['ciclo'], label: 'ciclo' };
      return (await upsertIssue(forge.issues, wanted)).issue.number;
    }),
  );
  expect(new Set(written).size).toBe(pipelines.length);
  for (const reader of pipelines) {
    const { forge } = await repository.hostOf(reader);
    const head = await forge.branches.head(historyBranch);
    for (const pipeline of pipelines) {
      expect(await forge.releases.published(`${pipeline}@v1.0.0`)).toMatchObject({ title: pipeline });
      expect(await forge.contents.read(historyFile(pipeline), head!)).toBe(`{"pipeline":"${pipeline}"}\n`);
    }
    const issues = await forge.issues.list({ label: 'ciclo', state: 'open' });
    expect(issues.map(({ title }) => title).sort()).toEqual([...pipelines]);
  }
});
