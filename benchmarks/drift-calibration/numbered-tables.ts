/**
 * How often `ciclo drift-check --reference A --current B` alarms where nothing has changed and rows have numbers and times: of each
 * CSV file given, whose own numbers of rows are taken out, rows are drawn without replacement for two tables, and each gets an id that counts on from
 * table to table, an index that starts again, a text of its own, and the minute when it was written down. The verdict is the strictest: one
 * drifted column raises it. A check with a seed is the same whenever it is run. The rule, stated before the run: the rate of all checks
 * fails when the lower end of its 95% interval is above the declared 5%. Prints one JSON object.
 *
 * usage: node benchmarks/drift-calibration/numbered-tables.ts [--repeats 50] [--rows 150] FILE.csv …
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compareFiles } from '../../actions/drift-check/two-tables/two-tables.ts';
import { fixedClock } from '../../shared/platform/clock.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { createRandom, type Random } from '../../shared/platform/random.ts';
import { rateInterval } from './rate-interval.ts';

const added = ['added_id', 'added_index', 'added_uuid', 'added_at'];
const anyColumn = 1e-6;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { repeats: { type: 'string', default: '50' }, rows: { type: 'string', default: '150' } },
});
const repeats = Number(values.repeats);
const rows = Number(values.rows);

/** Lines of one table, with what each row is numbered by; `from` is the first id. */
function numbered(lines: readonly string[], from: number, random: Random): string[] {
  const word = (): string => random.integer(2 ** 32).toString(36);
  return lines.map((line, i) => {
    const at = new Date(Date.UTC(2026, 0, 1) + (from + i) * 60_000).toISOString();
    return [from + i, i, `${word()}-${word()}`, at, line].join(',');
  });
}

interface Alarms {
  plain: number;
  byNature: number;
  included: number;
}

async function checksOf(file: string, folder: string): Promise<Alarms> {
  const [header = '', ...lines] = (await readFile(file, 'utf8')).trim().split(/\r?\n/);
  if (lines.length < 2 * rows)
    throw new Error(`${file} has ${lines.length} rows, and two tables take ${2 * rows}`);
  const alarms: Alarms = { plain: 0, byNature: 0, included: 0 };
  const files = { reference: path.join(folder, 'a.csv'), current: path.join(folder, 'b.csv') };
  for (let seed = 1; seed <= repeats; seed++) {
    const random = createRandom(`${path.basename(file)}/${seed}`);
    const drawn = random.shuffle([...lines]).slice(0, 2 * rows);
    const head = [...added, header].join(',');
    const text = (part: string[]): string => `${[head, ...part].join('\n')}\n`;
    await writeFile(files.reference, text(numbered(drawn.slice(0, rows), 1, random)));
    await writeFile(files.current, text(numbered(drawn.slice(rows), rows + 1, random)));
    const ports = { logger: silentLogger, clock: fixedClock(0), environment: {} };
    const check = async (how: { include?: string[]; exclude?: string[] }): Promise<number> => {
      const options = { seed, share: anyColumn };
      return Number((await compareFiles({ ...files, directory: folder, options, ...how }, ports)).drift);
    };
    alarms.plain += await check({ exclude: added });
    alarms.byNature += await check({});
    alarms.included += await check({ include: added });
  }
  return alarms;
}

const folder = await mkdtemp(path.join(tmpdir(), 'numbered-tables-'));
try {
  const tables: Record<string, Alarms> = {};
  for (const file of positionals) tables[path.basename(file)] = await checksOf(file, folder);
  const trials = repeats * positionals.length;
  const rate = (of: keyof Alarms) => {
    const alarms = Object.values(tables).reduce((sum, one) => sum + one[of], 0);
    return { alarms, trials, share: alarms / trials, ...rateInterval(alarms, trials) };
  };
  const all = { plain: rate('plain'), byNature: rate('byNature'), included: rate('included') };
  console.log(JSON.stringify({ rows, repeats, tables, all, passed: all.byNature.low <= 0.05 }, null, 2));
} finally {
  await rm(folder, { recursive: true });
}
