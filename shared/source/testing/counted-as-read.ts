import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivedRows, cleanArrived } from '../../dataset/monitored-rows.ts';
import { profileOver, profileTable } from '../../dataset/profile/profile.ts';
import { withMinCount } from '../../dataset/profile/profile-publication.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { configWith, schemaOf } from '../../dataset/testing/dataset-builders.ts';
import { countedProfile } from '../../sql/counted-profile.ts';
import type { CountedValue, Dialect } from '../../sql/dialect.ts';
import { expectSameProfile } from '../../sql/testing/counting-engine.ts';
import { valueExpression } from '../../sql/value-expression.ts';
import type { SourceEngine } from '../source-engine.ts';
import type { ReadOptions } from '../types.ts';
import { engineRows } from './engine-rows.ts';
import { readOptions } from './read-helpers.ts';

/** An engine whose queries can be read and counted. */
export interface ReadableEngine {
  readonly dialect: Dialect;
  read(query: string, options: ReadOptions): Promise<SourceTable>;
  open(query: string): Promise<SourceEngine>;
}

const config = configWith({ prepare: { 'missing-markers': [...readOptions.missingMarkers] } });

/** As the rows of a window come to be compared; columns of another type now are named. */
async function readRows(engine: ReadableEngine, query: string, schema: DatasetSchema) {
  const arrived = arrivedRows(await engine.read(query, optionsOf(schema)), schema, { config });
  const all = Uint32Array.from({ length: arrived.table.rows }, (_, row) => row);
  return { table: cleanArrived(arrived, all, config), retyped: arrived.retyped };
}

/** What the lock froze as texts is read as text. */
const optionsOf = ({ columns }: DatasetSchema): ReadOptions => ({
  ...readOptions,
  textColumns: new Set(columns.flatMap(({ name, type }) => (type === 'category' ? [name] : []))),
});

/** The same columns in SQL; those that only rows can tell of are left out. */
function expressions(engine: SourceEngine, schema: DatasetSchema): Map<string, CountedValue> {
  const { missingMarkers, trim, textColumns } = optionsOf(schema);
  const found = schema.columns.flatMap(({ name, type }) => {
    const column = engine.columns.find((one) => one.name === name)!;
    const wanted = { type, trim, markers: missingMarkers, asText: textColumns.has(name) };
    const value = valueExpression(engine.dialect, column, wanted);
    return value ? [[name, value] as const] : [];
  });
  return new Map(found);
}

/** What holds of every engine, of rows of all its types. @param runs of the property: how many pairs of random tables. */
export function testCountedAsRead(engine: () => ReadableEngine, runs = 20): void {
  test('counts to the profile that reading the rows gives, whatever types they are of', async () => {
    const query = fc.constant(undefined).chain(() => engineRows(engine().dialect));
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(query, query, async (before, now) => {
        const schema = schemaOf((await engine().read(before, readOptions)).table);
        const own = profileTable((await readRows(engine(), before, schema)).table, schema);
        for (const rows of [before, now]) {
          const read = await readRows(engine(), rows, schema);
          await using opened = await engine().open(rows);
          const values = expressions(opened, schema);
          for (const name of read.retyped) values.delete(name);
          counted += values.size;
          for (const whole of [own, withMinCount(own, 5)]) {
            const columns = whole.columns.filter(({ name }) => values.has(name));
            const reference = { ...whole, columns };
            const found = await countedProfile(reference, {
              ...{ dialect: opened.dialect, values, rows: { query: rows, where: [] } },
              ask: (sql) => opened.ask(sql),
              scan: opened.scan,
            });
            expectSameProfile(found, profileOver(reference, read.table), reference);
          }
        }
      }),
      // Where a run takes long, so would making what fails smaller.
      { numRuns: runs, endOnFailure: runs < 10 },
    );
    expect(counted).toBeGreaterThan(20 * runs);
  });
}
