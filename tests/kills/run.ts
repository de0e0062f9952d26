// Kills verbs at random moments, and looks whether the same verb again ends as if nothing had been.
// node tests/kills/run.ts [--kills 200] [--seed 1] [--only deploy]
import { parseArgs } from 'node:util';
import { removeAll } from '../e2e/support/ciclo-process.ts';
import { faultsAfter, type Manner, type Reference, start } from './kill.ts';
import { copyOf, stateOf } from './repository.ts';
import { type Scenario, scenarios } from './scenario.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});

/** Evenly spread in [0, 1): mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The verb without a stop: how it ends, how long it takes, what it leaves. */
async function referenceOf({ argv, folder, mayDiffer }: Scenario): Promise<Reference> {
  const copy = await copyOf(folder);
  const before = stateOf(copy);
  const { code, milliseconds } = await start(copy, argv);
  const after = stateOf(copy);
  await removeAll([copy]);
  return { mayDiffer, before, after, code, milliseconds };
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const random = randomOf(Number(values.seed));
const mannerOf = (draw: number): Manner => (draw < 0.6 ? 'kill' : draw < 0.8 ? 'kill-all' : 'terminate');
const made = await scenarios();
const all = made.filter(({ name }) => name.includes(values.only));
if (all.length === 0) throw new Error(`no verb has ${JSON.stringify(values.only)} in its name`);
const references = new Map<Scenario, Reference>();
for (const scenario of all) references.set(scenario, await referenceOf(scenario));

let failed = 0;
let stopped = 0;
for (let i = 0; i < Number(values.kills); i += 1) {
  const scenario = all[i % all.length]!;
  const reference = references.get(scenario)!;
  const [after, manner] = [random() * reference.milliseconds, mannerOf(random())];
  const copy = await copyOf(scenario.folder);
  const end = await start(copy, scenario.argv, { after, manner });
  if (end.signal !== null || end.code === 130 || end.code === 143) stopped += 1;
  const faults = await faultsAfter(copy, scenario.argv, reference);
  if (manner === 'terminate' && end.code === 3) faults.push(`it called the stop a bug: ${end.text}`);
  if (faults.length === 0) {
    await removeAll([copy]);
    continue;
  }
  failed += 1;
  say(
    `${scenario.name}, ${manner} after ${Math.round(after)} ms of ${Math.round(reference.milliseconds)}, in ${copy}:`,
  );
  for (const fault of faults) say(`  ${fault}`);
}
await removeAll(made.map(({ folder }) => folder));
say(
  `${values.kills} runs of ${all.length} verbs, ${stopped} of them stopped midway: ${failed} did not converge`,
);
process.exitCode = failed === 0 ? 0 : 1;
