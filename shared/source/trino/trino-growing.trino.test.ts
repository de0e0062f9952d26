import { expect, inject, test } from 'vitest';
import { profileTable } from '../../dataset/profile/profile.ts';
import { numbers, schemaOf } from '../../dataset/testing/dataset-builders.ts';
import { countedProfile } from '../../sql/counted-profile.ts';
import { messageFrom } from '../testing/read-helpers.ts';
import { trinoSourceOf } from '../testing/trino-source.ts';
import { putInTrino } from '../testing/trino-statement.ts';

const { http } = inject('trino');

test('counts of a table that grows between two statements are refused', async () => {
  await putInTrino('CREATE TABLE growing AS SELECT * FROM (VALUES 1e0, 2e0, 3e0) AS t (x)', http);
  const engine = await trinoSourceOf('SELECT x FROM memory.default.growing', http);
  const columns = Array.from({ length: 40 }, (_, i) => [`c${i}`, numbers([1, 2, 3])] as const);
  const table = { rows: 3, columns: new Map(columns) };
  const counted = countedProfile(profileTable(table, schemaOf(table)), {
    ...{ dialect: engine.dialect, rows: { query: engine.query, where: [] } },
    values: new Map(columns.map(([name]) => [name, { sql: engine.dialect.asNumber(engine.columns[0]!) }])),
    async ask(sql) {
      const answer = await engine.ask(sql);
      await putInTrino('INSERT INTO growing VALUES 4e0', http);
      return answer;
    },
  });
  expect(await messageFrom(counted)).toBe(
    'the rows changed while they were counted: 3 before, 4 now; ask again, or ask for rows that stay as they are',
  );
});
