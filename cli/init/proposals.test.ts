import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../shared/config/load.ts';
import { prepareDataset, readOptionsFor } from '../../shared/dataset/prepare-dataset.ts';
import { aimOf, type Choices, withChoices, withOwnFindings } from '../../shared/init/choices.ts';
import { configText } from '../../shared/init/config-text.ts';
import type { Proposal } from '../../shared/init/proposal.ts';
import { targetCandidates } from '../../shared/init/target-candidates.ts';
import { fixedClock } from '../../shared/platform/clock.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { readSource } from '../../shared/source/read-source.ts';
import { proposalFor, readFirstLook } from './analysis.ts';

const vega = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vega-datasets/package.json')),
  'data',
);
const ports = { logger: silentLogger, clock: fixedClock(0), environment: {} };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo proposals '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The proposal for a file, which prepare must accept as it is written. */
async function proposed(directory: string, file: string, choices: Choices = {}): Promise<Proposal> {
  const policy = async () => ({ publish: choices.publishRareLabels === true, chosen: choices.task });
  const place = { directory, ports };
  const source = { type: 'file', path: file };
  const look = await readFirstLook(source, place);
  const aim = aimOf({ name: 'tried', source }, look, targetCandidates(look.table), choices);
  const proposal = withChoices(await proposalFor(aim, look, place, policy), look, choices);
  const { config } = parseConfig(configText(proposal), path.join(directory, 'ciclo.yml'));
  const rows = await readSource(config.data.source!, readOptionsFor(config), { ...ports, directory });
  const found = prepareDataset({ source: rows, config }, ports);
  expect(found.quality.status).not.toBe('fail');
  return withOwnFindings(proposal, found, look);
}

/** What of a proposal decides, without its reasons. */
function decisions({ target, task, positive, key, time, byTime, group, leftOut }: Proposal) {
  return {
    target: target.value,
    task: task.value,
    ...(positive ? { positive: positive.value } : {}),
    ...(key ? { key: key.value } : {}),
    ...(time ? { time: time.value, byTime: byTime?.value === true } : {}),
    ...(group ? { group: group.value } : {}),
    leftOut: leftOut.map(({ column }) => column),
  };
}

describe('tables of vega-datasets', () => {
  test.each([
    ['penguins.json', { target: 'Species', task: 'multiclass', leftOut: [] }],
    [
      'cars.json',
      { target: 'Miles_per_Gallon', task: 'regression', time: 'Year', byTime: false, leftOut: ['Name'] },
    ],
    [
      'movies.json',
      { target: 'IMDB Rating', task: 'regression', time: 'Release Date', byTime: true, leftOut: ['Title'] },
    ],
    [
      'seattle-weather.csv',
      { target: 'weather', task: 'multiclass', time: 'date', byTime: true, leftOut: [] },
    ],
    [
      'gapminder.json',
      {
        ...{ target: 'fertility', task: 'regression', time: 'year', byTime: false, group: 'country' },
        leftOut: [],
      },
    ],
  ])('%s', async (file, expected) => {
    expect(decisions(await proposed(vega, file))).toEqual(expected);
  });

  test('a year that becomes the time is lost to models, which is told with the line that gives it back', async () => {
    const line = 'features: { year: { type: number } } lets models see it';
    expect((await proposed(vega, 'gapminder.json')).notes.join()).toContain(line);
    expect((await proposed(vega, 'gapminder.json', { time: false })).notes.join()).not.toContain(
      'no model sees',
    );
    expect((await proposed(vega, 'seattle-weather.csv')).notes.join()).not.toContain('no model sees');
  });

  test('birdstrikes.csv, of what is asked for', async () => {
    const found = await proposed(vega, 'birdstrikes.csv', { target: 'Wildlife Size' });
    expect(decisions(found)).toMatchObject({ task: 'multiclass', time: 'Flight Date', byTime: true });
  });
});

test('a text that means missing elsewhere is a class where most rows of the target have it', async () => {
  const found = await proposed(vega, 'birdstrikes.csv', { target: 'Effect Amount of damage' });
  expect(found.classMarkers?.value).toEqual(['None']);
  expect(found.classes).toContain('None');
});

/** A table of customers: a number of the row, an identifier, free text, a constant, leaks, months. */
async function customers(): Promise<string> {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const age = 20 + ((i * 37) % 50);
    const calls = (i * 7919) % 11;
    const churned = calls > 6 || (age > 60 && i % 3 === 0) ? 'yes' : 'no';
    const month = String(1 + (i % 12)).padStart(2, '0');
    const day = String(1 + (i % 28)).padStart(2, '0');
    const note = `spoke of ${i * 31} and ${i * 17} things`;
    return `${i},${100_000 + ((i * 7919) % 90_001)},${2022 + Math.floor(i / 200)}-${month}-${day},${age},${calls},EUR,${note},${churned === 'yes' ? 1 : 0},${churned}`;
  });
  const file = path.join(folder, 'customers.csv');
  await writeFile(file, `row,contract_id,since,age,calls,currency,note,closed,churn\n${rows.join('\n')}\n`);
  return 'customers.csv';
}

describe('a table with everything that models must not see', () => {
  test('each has its role or its reason', async () => {
    const found = await proposed(folder, await customers());
    expect(decisions(found)).toEqual({
      ...{
        target: 'churn',
        task: 'binary',
        positive: 'yes',
        key: 'contract_id',
        time: 'since',
        byTime: true,
      },
      leftOut: expect.arrayContaining(['row', 'note', 'currency', 'closed']),
    });
    const why = Object.fromEntries(found.leftOut.map((one) => [one.column, one.why]));
    expect(why).toMatchObject({
      row: 'numbers the rows',
      note: expect.stringMatching(/a different value|free text/),
      currency: 'one value only',
      closed: expect.stringContaining('gives the target away'),
    });
  });

  test('what a person says goes before what was found', async () => {
    const found = await proposed(folder, await customers(), {
      ...{ key: false, time: false, positive: 'no', exclude: ['age'] },
    });
    expect(found.key).toBeUndefined();
    expect(found.time).toBeUndefined();
    expect(found.byTime).toBeUndefined();
    expect(found.positive).toEqual({ value: 'no', why: 'as you said' });
    expect(found.leftOut).toContainEqual({ column: 'age', why: 'as you said' });
  });

  test('a column that there is not is refused, with the one that was meant', async () => {
    const file = await customers();
    await expect(proposed(folder, file, { target: 'chrun' })).rejects.toThrow(
      /--target: the data has no column "chrun"; did you mean "?churn/,
    );
  });
});

describe('a table with years', () => {
  /** Rows of twenty years, in their order, with a measurement and what is predicted. */
  async function yearly(name: string, yearOf = (i: number): number | string => 1990 + Math.floor(i / 20)) {
    const rows = Array.from({ length: 400 }, (_, i) => `${yearOf(i)},${Math.sin(i * 1.7)},${Math.cos(i)}`);
    await writeFile(path.join(folder, 'yearly.csv'), `${name},x,y\n${rows.join('\n')}\n`);
    return await proposed(folder, 'yearly.csv', { target: 'y' });
  }
  const note = (name: string, order = ', in the order of the rows') =>
    `${name} looks like years (whole numbers from 1990 to 2009${order}): if that is when a row happened, --time ${name} says so`;

  test.each(['year', 'Model Year', 'saleYear', 'Jahr', 'yr'])('called %s goes by them', async (name) => {
    const found = await yearly(name);
    expect(found.time).toEqual({ value: name, why: 'the year of a row' });
    // Nothing is left to ask of it; what is said is that models do not see it.
    expect(found.notes).toEqual([expect.stringMatching(/^no model sees .*lets models see it$/)]);
  });

  test('of which some are missing goes by them, too', async () => {
    expect((await yearly('year', (i) => (i % 9 ? 1990 + (i % 20) : ''))).time?.value).toBe('year');
  });

  test('that are not called so is asked about, where the rows are in their order', async () => {
    expect(await yearly('season')).toMatchObject({ notes: [note('season')] });
    expect(await yearly('season', (i) => 2009 - Math.floor(i / 20))).toMatchObject({
      notes: [note('season')],
    });
    expect((await yearly('season')).time).toBeUndefined();
    for (const found of [
      await yearly('season', (i) => 1990 + ((i * 7) % 20)),
      await yearly('season', (i) => 1990 + Math.floor(i / 20) + 0.5),
      await yearly('season', (i) => 1290 + Math.floor(i / 20)),
      await yearly('price'),
    ]) {
      expect(found).toMatchObject({ notes: [] });
    }
  });

  test('of what happened once to a thing is asked about', async () => {
    const found = await yearly('YearBuilt', (i) => 1990 + ((i * 7) % 20));
    expect(found.time).toBeUndefined();
    expect(found.notes).toEqual([note('YearBuilt', '')]);
  });
});

test('two columns that give the target together are left out', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => {
    const casual = (i * 13) % 41;
    const registered = (i * 29) % 67;
    return `${i % 24},${casual},${registered},${casual + registered}`;
  });
  await writeFile(path.join(folder, 'bikes.csv'), `hour,casual,registered,demand\n${rows.join('\n')}\n`);
  const { leftOut } = await proposed(folder, 'bikes.csv');
  expect(leftOut.map(({ column }) => column).sort()).toEqual(['casual', 'registered']);
  expect(leftOut[0]!.why).toContain('casual + registered');
});

test('a column that nearly is the target stays, and is asked about', async () => {
  // 99 of 100 codes are the label: too few are wrong for an honest column, and too many for a plain copy.
  const rows = Array.from({ length: 1000 }, (_, i) => {
    const label = (i * 7919) % 5 < 2 ? 1 : 0;
    return `${(i * 31) % 97},${i % 100 === 7 ? 1 - label : label},${label}`;
  });
  await writeFile(path.join(folder, 'copy.csv'), `size,result_code,target\n${rows.join('\n')}\n`);
  const { leftOut, notes } = await proposed(folder, 'copy.csv');
  expect(leftOut).toEqual([]);
  expect(notes.join()).toMatch(
    /result_code alone explains 9\d(?:\.\d)?% of target: is it known before target is\? If not, --exclude result_code/,
  );
});

test('a column that can be read in two ways is left out and says so, and the others are read', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `0${1 + (i % 9)}/0${1 + (i % 7)}/2024,${i % 5},${(i * 7) % 13}`,
  );
  await writeFile(path.join(folder, 'days.csv'), `day,size,price\n${rows.join('\n')}\n`);
  const found = await proposed(folder, 'days.csv');
  expect(decisions(found)).toMatchObject({ target: 'price', task: 'regression', leftOut: ['day'] });
  expect(found.leftOut[0]!.why).toBe('its 40 values are dates that can be read in two ways');
  expect(found.notes).toContain(
    'day is left out, since its 40 values are dates that can be read in two ways. Say which is right: --format "day=d/M/yyyy", or --format "day=M/d/yyyy"',
  );
});

test('rows of one patient stay together', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, i) => `${1000 + Math.floor(i / 5) * 7},${i % 11},${(i * 31) % 17}`,
  );
  await writeFile(path.join(folder, 'visits.csv'), `patient_id,dose,score\n${rows.join('\n')}\n`);
  expect(decisions(await proposed(folder, 'visits.csv'))).toMatchObject({
    target: 'score',
    group: 'patient_id',
  });
});

describe('a panel, the same things again and again,', () => {
  /** Shops by weeks; `x` is of the shop, `y` of the week too. */
  async function shops(units: number, times: number, choices: Choices = {}): Promise<Proposal> {
    const rows = Array.from({ length: units * times }, (_, i) => {
      const [unit, time] = [Math.floor(i / times), i % times];
      const day = new Date(Date.UTC(2024, 0, 1 + 7 * time)).toISOString().slice(0, 10);
      return `shop ${unit},r${unit % 10},${day},${(unit * 7919) % 101},${((i * 7919) % 1009) / 3}`;
    });
    await writeFile(path.join(folder, 'shops.csv'), `shop,region,week,x,y\n${rows.join('\n')}\n`);
    return await proposed(folder, 'shops.csv', choices);
  }

  test('is judged by things that it has not seen, which is said with what it means', async () => {
    const found = await shops(20, 15);
    expect(found.group).toEqual({ value: 'shop', why: 'a row for each week: those of one belong together' });
    expect(found.notes).toEqual([
      'the rows are 20 different shop at 15 different week: models do not see shop and are judged by shop that they have not learned from. If rows to come are of the same shop, --no-group judges by these',
    ]);
  });

  test('says what follows, where a person wants no group, or another one', async () => {
    expect((await shops(20, 15, { group: false })).notes.join()).toContain(
      'a model knows the shop of a test row from training, which is kind to it unless rows to come are of the same shop. --group shop keeps the rows of one together',
    );
    const other = await shops(20, 15, { group: 'region' });
    expect(other.notes.join()).not.toContain('shop');
  });

  test('of many times is judged by the newest, of few things it has no group, and says why not', async () => {
    const long = await shops(12, 60);
    expect(decisions(long)).toMatchObject({ time: 'week', byTime: true });
    expect(long.group).toBeUndefined();
    expect(long.notes.join()).toContain('and the newest rows judge: those of the same shop');
    const few = await shops(6, 15);
    expect(few.group).toBeUndefined();
    expect(few.notes.join()).toContain('--group shop keeps the rows of one together');
  });
});

describe('what is said of a column', () => {
  test('is not said any more once a person has settled it', async () => {
    const rows = Array.from(
      { length: 400 },
      (_, i) => `t${(i * 7) % 80},u${(i * 11) % 90},${2001 + ((i * 3) % 6)},${(i * 7919) % 101}`,
    );
    await writeFile(path.join(folder, 'said.csv'), `team,unit,year,y\n${rows.join('\n')}\n`);
    const said = async (choices: Choices = {}) => {
      const { notes } = await proposed(folder, 'said.csv', { target: 'y', ...choices });
      return ['team has', 'unit has', '--time year'].filter((words) => notes.join().includes(words));
    };
    expect(await said()).toEqual(['team has', 'unit has', '--time year']);
    expect(await said({ group: 'unit' })).toEqual(['--time year']);
    expect(await said({ exclude: ['team'] })).toEqual(['unit has', '--time year']);
    expect(await said({ time: 'year' })).toEqual(['team has', 'unit has']);
  });

  test('comes back when a person wants it otherwise than it was proposed', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${7 * Math.floor(i / 5)},${i % 11},${(i * 31) % 17}`);
    await writeFile(path.join(folder, 'back.csv'), `patient_id,dose,score\n${rows.join('\n')}\n`);
    expect((await proposed(folder, 'back.csv')).notes.join()).not.toContain('patient_id has');
    expect((await proposed(folder, 'back.csv', { group: false })).notes.join()).toContain('patient_id has');
  });

  test('is what prepare finds once the rows of a group stay together', async () => {
    // Two rows of each thing are equal but for the target: in two folds copies, in one replicates.
    const rows = Array.from({ length: 200 }, (_, i) => {
      const thing = Math.floor(i / 2);
      return `${i},n${thing},${(thing * 7919) % 101},${(thing * 31) % 57},${((i * 7919) % 1009) / 3}`;
    });
    await writeFile(path.join(folder, 'twice.csv'), `rownames,thing,a,b,y\n${rows.join('\n')}\n`);
    const copies = 'rows equal a row of another fold';
    const said = async (choices: Choices) =>
      (await proposed(folder, 'twice.csv', { target: 'y', ...choices })).notes.join();
    expect(await said({ group: false })).toContain(copies);
    expect(await said({ group: 'thing' })).not.toContain(copies);
  });
});

describe('labels that few rows have', () => {
  const table = async (labels: (i: number) => string): Promise<string> => {
    const rows = Array.from({ length: 120 }, (_, i) => `${i % 7},${labels(i)}`);
    await writeFile(path.join(folder, 'rare.csv'), `size,label\n${rows.join('\n')}\n`);
    return 'rare.csv';
  };
  const ofThree = (i: number): string => (i < 2 ? 'rare' : (['a', 'b', 'c'][i % 3] ?? ''));

  test('are left out with their rows, so that nothing rare is published and a model can be made', async () => {
    const found = await proposed(folder, await table(ofThree));
    expect(found.classes).toEqual(['a', 'b', 'c']);
    expect(found.rareLabels).toMatchObject({ published: false, values: ['a', 'b', 'c'] });
    expect(configText(found)).toMatch(/^ {2}label: \{ values: \[a, b, c\], invalid: drop \} # /m);
    expect(configText(found)).not.toContain('rare,');
  });

  test('are published where a person agrees', async () => {
    const found = await proposed(folder, await table(ofThree), { publishRareLabels: true });
    expect(found.classes).toEqual(['a', 'b', 'c', 'rare']);
    expect(configText(found)).toMatch(/^ {2}label: \{ values: \[a, b, c, rare\] \} # /m);
  });

  test('leave a binary task where two are left, unless another was asked for', async () => {
    const ofTwo = (i: number): string => (i < 2 ? 'rare' : i % 3 === 0 ? 'no' : 'yes');
    const found = await proposed(folder, await table(ofTwo));
    expect(decisions(found)).toMatchObject({ task: 'binary', positive: 'yes' });
    const asked = await proposed(folder, 'rare.csv', { task: 'multiclass' });
    expect(asked.task.value).toBe('multiclass');
  });

  test('are refused where fewer than two others are left', async () => {
    const file = await table((i) => (i < 3 ? 'fraud' : 'fine'));
    await expect(proposed(folder, file)).rejects.toThrow(
      /^"label" cannot be predicted: only fine has at least 5 training rows, .* Too rare: fraud \(\d rows?\)\. .*--publish-rare-labels/,
    );
  });
});

test('a target of one value is refused with the reason', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * 5) % 11},no`);
  await writeFile(path.join(folder, 'same.csv'), `age,fee,churned\n${rows.join('\n')}\n`);
  await expect(proposed(folder, 'same.csv', { target: 'churned' })).rejects.toThrow(
    '"churned" cannot be predicted: it has the same value in all rows',
  );
});

test('a target that can be read in two ways is refused with the flags that say which', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},"${100 + i},${200 + i * 7}"`);
  await writeFile(path.join(folder, 'houses.csv'), `rooms,price\n${rows.join('\n')}\n`);
  await expect(proposed(folder, 'houses.csv', { target: 'price' })).rejects.toThrow(
    'can be read in two ways. Say which is right: --format "price=1234,5", or --format "price=1,234.5"',
  );
});

test('of key, time and group nothing is said that is true of features alone', async () => {
  const rows = Array.from({ length: 1500 }, (_, i) => {
    const day = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
    return `case ${i % 1200},${day},${(i * 7919) % 101},${(i + ((i * 31) % 3)) / 7}`;
  });
  await writeFile(path.join(folder, 'cases.csv'), `caseid,opened,size,level\n${rows.join('\n')}\n`);
  const found = await proposed(folder, 'cases.csv', { target: 'level' });
  expect(decisions(found)).toMatchObject({ group: 'caseid', time: 'opened' });
  expect(found.notes.filter((note) => /caseid|opened/.test(note))).toEqual([]);
});

test('many columns with missing values are one note', async () => {
  const names = Array.from({ length: 40 }, (_, j) => `q${j}`);
  const row = (i: number): string =>
    [...names.map((_, j) => (j > 0 && (i + j) % 3 > 0 ? '' : (i * (j + 2)) % 17)), (i * 7919) % 101].join();
  const rows = Array.from({ length: 120 }, (_, i) => row(i));
  await writeFile(path.join(folder, 'answers.csv'), `${names.join()},score\n${rows.join('\n')}\n`);
  const { notes } = await proposed(folder, 'answers.csv');
  expect(notes.filter((note) => note.includes('missing'))).toEqual([
    // q15 and q32 are 0 in all rows, and left out.
    '37 columns are missing in more than 50% of the rows: q1, q10, q11, q12, q13, q14, q16, q17, q18, q19, q2, q20 and 25 more',
  ]);
});

test('what a person leaves out gives nothing away any more, and is still key or group', async () => {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const [before, gain] = [60 + ((i * 7919) % 101) / 3, ((i * 31) % 47) - 20];
    return `${i % 80},${before},${before + gain},${(i * 5) % 11},${gain}`;
  });
  await writeFile(path.join(folder, 'weights.csv'), `patient_id,before,after,age,gain\n${rows.join('\n')}\n`);
  const own = await proposed(folder, 'weights.csv', { target: 'gain' });
  expect(decisions(own)).toMatchObject({ group: 'patient_id', leftOut: ['after', 'before'] });
  const said = await proposed(folder, 'weights.csv', { target: 'gain', exclude: ['after', 'patient_id'] });
  expect(decisions(said)).toMatchObject({ group: 'patient_id', leftOut: ['after'] });
  expect(said.notes.join()).not.toContain('after');
  await expect(proposed(folder, 'weights.csv', { exclude: ['aftr'] })).rejects.toThrow(
    '--exclude: the data has no column "aftr"; did you mean after?',
  );
});

test('a number that starts again in every file is no group', async () => {
  const rows = Array.from({ length: 240 }, (_, i) => `${i % 80},${(i * 7919) % 101},${(i * 5) % 11}`);
  await writeFile(path.join(folder, 'months.csv'), `index,size,price\n${rows.join('\n')}\n`);
  expect(await proposed(folder, 'months.csv')).not.toHaveProperty('group');
  await writeFile(path.join(folder, 'visits.csv'), `patientid,size,price\n${rows.join('\n')}\n`);
  expect((await proposed(folder, 'visits.csv')).group?.value).toBe('patientid');
});

test('where every column alone gives the target away, one is left to learn from', async () => {
  const rows = Array.from({ length: 80 }, (_, i) => `${i % 20},${(i % 20) * 3},${(i % 20) * 7}`);
  await writeFile(path.join(folder, 'rule.csv'), `a,b,price\n${rows.join('\n')}\n`);
  const { leftOut, notes } = await proposed(folder, 'rule.csv');
  expect(leftOut).toEqual([]);
  expect(notes.join()).toContain('a alone predicts price almost perfectly');
});

test('names of columns are data: none of them can break the file', async () => {
  const names = ['a: b', '# c', '"d"', "e'", '- f', '{g}', 'on'];
  const rows = Array.from({ length: 60 }, (_, i) =>
    names.map((_, j) => (i * (j + 3) * 7919) % (23 + 2 * j)).join(','),
  );
  const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
  await writeFile(path.join(folder, 'names.csv'), `${header}\n${rows.join('\n')}\n`);
  const found = await proposed(folder, 'names.csv', { target: '# c', exclude: ['a: b', '"d"'] });
  expect(decisions(found)).toMatchObject({ target: '# c', leftOut: ['a: b', '"d"'] });
});
