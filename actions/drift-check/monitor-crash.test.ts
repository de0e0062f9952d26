import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGitHubForge } from '../../shared/forge/github/github-forge.ts';
import { BranchMovedError, ForgeError } from '../../shared/forge/ports/forge-error.ts';
import { calls, type GitHubScene, retrainGrants } from '../../shared/forge/testing/github-scene.ts';
import { thrown } from '../../shared/forge/testing/refusal.ts';
import { fixedClock } from '../../shared/platform/clock.ts';
import { addToken } from '../../tests/github/seed.ts';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { type MonitorOutputs, monitor } from './monitor.ts';
import { arrive, type HousesOfYears, monitoredHouses } from './testing/houses-monitored.ts';

type Houses = Awaited<ReturnType<typeof monitoredHouses>>;

/** A check as a process of its own would run it. */
async function check({ scene, folder }: Houses, token = scene.options.token): Promise<MonitorOutputs> {
  return monitor(
    {
      pipeline: await folder.pipeline(),
      output: `${folder.path}/.ciclo/${token}`,
      commit: scene.mainCommit,
      repositoryPath: 'ciclo.yml',
      checksWait: true,
    },
    {
      ...quietPorts(),
      clock: fixedClock(Date.UTC(2026, 0, 12, 9)),
      forge: createGitHubForge({ ...scene.options, token }),
    },
  );
}

/** What is there in the end, without what a counter says. */
function outcomeOf({ seeded }: GitHubScene) {
  const branch = (name: string) => {
    const commit = seeded.commits.get(seeded.refs.get(`heads/${name}`) ?? '');
    return commit && { ...commit, sha: '', files: [...commit.files.keys()].sort() };
  };
  const noted = seeded.commits.get(seeded.refs.get('heads/ciclo-history') ?? '')?.files.get('houses.ndjson');
  const retrained = seeded.refs.get('heads/ciclo/retrain/houses') ?? '';
  return {
    branches: [...seeded.refs.keys()].filter((name) => name.startsWith('heads/')).sort(),
    retrain: branch('ciclo/retrain/houses'),
    lock: seeded.commits.get(retrained)?.files.get('ciclo.lock')?.toString(),
    history: branch('ciclo-history'),
    lines: (noted?.toString() ?? '').split('\n').map(withoutReason),
    labels: [...seeded.labels.keys()].sort(),
    pullRequests: [...seeded.pullRequests.values()].map(({ number, state, title, body, labels }) => [
      ...[number, state, title, body, labels.toSorted()],
    ]),
    issues: [...seeded.issues.values()]
      .filter(({ state }) => state === 'open')
      .map(({ number, state, title, body, labels }) => [number, state, title, body, labels.toSorted()]),
    // Of two of a name on a commit GitHub shows the newer one.
    checks: new Map(
      [...seeded.checkRuns.values()]
        .filter(({ sha }) => sha === retrained)
        .map(({ name, conclusion, output }) => [name, { conclusion, output }]),
    ),
  };
}

/** The words of a run that found its pull request there are others than those of the one that opened it. */
function withoutReason(line: string): string {
  return line.replace(/"reason":"(?:[^"\\]|\\.)*"/, '"reason":""');
}

/** Pull requests that the scene has before. */
const before = 2;

/** As if there had been no check. */
function forget({ seeded }: GitHubScene): void {
  for (const name of [...seeded.refs.keys()]) if (name.startsWith('heads/ciclo')) seeded.refs.delete(name);
  for (const number of [...seeded.pullRequests.keys()]) {
    if (number > before) seeded.pullRequests.delete(number);
  }
  for (const made of [seeded.labels, seeded.issues, seeded.checkRuns]) made.clear();
}

function writesOf(scene: GitHubScene, start: number): readonly string[] {
  return calls(scene)
    .slice(start)
    .filter((call) => !call.startsWith('GET') && !call.endsWith('/graphql'));
}

const history = ['POST /git/trees', 'POST /git/commits', 'POST /git/refs'];
const labels = ['POST /labels', 'POST /labels'];

const cases: readonly (readonly [string, HousesOfYears, readonly string[]])[] = [
  [
    'proposes a retraining',
    { years: [2010, 2011], rows: 300, larger: 120, dearer: 200 },
    [
      ...['POST /git/trees', 'POST /git/commits', 'POST /git/refs', 'POST /pulls', ...labels],
      ...['POST /issues/3/labels', 'POST /check-runs', ...history],
    ],
  ],
  ['opens an issue', { years: [2010, 2011], rows: 200, larger: 60 }, [...labels, 'POST /issues', ...history]],
];

describe.each(cases)('a check that %s', (_, rows, writes) => {
  let houses: Houses;
  let undisturbed: { outcome: ReturnType<typeof outcomeOf>; writes: readonly string[] };

  beforeAll(async () => {
    houses = await monitoredHouses({ retrain: { confidence: '97.5%' } });
    const { scene, folder } = houses;
    addToken(scene.github.state, scene.options.token, { permissions: retrainGrants });
    addToken(scene.github.state, 'ghs_other', { permissions: retrainGrants });
    await arrive(folder, rows);
    const start = scene.github.requests.length;
    await check(houses);
    undisturbed = { outcome: outcomeOf(scene), writes: writesOf(scene, start) };
  }, 60_000);
  afterAll(() => houses[Symbol.asyncDispose]());

  test('writes each thing once; run again, nothing', async () => {
    const { scene } = houses;
    expect(undisturbed.writes).toEqual(writes);
    const start = scene.github.requests.length;
    await check(houses);
    expect(writesOf(scene, start)).toEqual([]);
    expect(outcomeOf(scene)).toEqual(undisturbed.outcome);
  });

  test('and dies before it has written anything leaves nothing', async () => {
    const { scene } = houses;
    forget(scene);
    const crash = scene.github.crashAfter(1, { cut: 'before' });
    expect(await thrown(check(houses))).toBeInstanceOf(ForgeError);
    crash.recover();
    expect(outcomeOf(scene)).toMatchObject({
      branches: ['heads/change', 'heads/main'],
      labels: [],
      issues: [],
    });
    await check(houses);
    expect(outcomeOf(scene)).toEqual(undisturbed.outcome);
  });

  // That it dies before the next one takes effect leaves the same behind.
  test.each(writes.map((write, i) => [i + 1, write] as const))(
    'and dies after write %i, %s, ends as if nothing had happened when it is run again',
    async (count) => {
      const { scene } = houses;
      forget(scene);
      const crash = scene.github.crashAfter(count, { cut: 'after' });
      expect(await thrown(check(houses))).toBeInstanceOf(ForgeError);
      expect(crash.happened).toBe(true);
      crash.recover();
      await check(houses);
      expect(outcomeOf(scene)).toEqual(undisturbed.outcome);
    },
  );

  const decisive = writes.flatMap((write, i) =>
    /refs|pulls|issues$/.test(write) ? [[i + 1, write] as const] : [],
  );
  test.each(decisive)(
    'and stands still before write %i, %s, while another does everything: both end the same, or one says why not',
    async (count) => {
      const { scene } = houses;
      forget(scene);
      let left = count;
      let other: Promise<unknown> | undefined;
      const end = scene.github.onRequest(async ({ method, path, headers }) => {
        if (method === 'GET' || path === '/graphql' || headers.authorization === 'token ghs_other') return;
        left -= 1;
        if (left > 0 || other) return;
        other = check(houses, 'ghs_other');
        await other;
      });
      const error = await check(houses).then(
        () => undefined,
        (refusal: unknown) => refusal,
      );
      end();
      expect(other).toBeDefined();
      if (error !== undefined) expect(error).toBeInstanceOf(BranchMovedError);
      expect(outcomeOf(scene)).toEqual(undisturbed.outcome);
    },
  );
});
