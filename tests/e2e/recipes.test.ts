import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { havePostgres, postgresServer } from '../../shared/source/testing/postgres-server.ts';
import { haveS3, s3Server } from '../../shared/source/testing/s3-server.ts';
import { kitchenWith, recipeOf, withoutLayout } from '../docs/recipe.ts';
import { customers, payments, readings, sales } from '../docs/recipe-tables.ts';

const onFiles = [
  { page: 'churn', file: 'data/customers.csv', table: customers },
  { page: 'prices', file: 'data/sales.csv', table: sales },
  { page: 'sensors', file: 'data/readings.csv', table: readings },
  { page: 'fraud', file: 'data/payments.csv', table: payments },
];

describe('docs/first-model.md', () => {
  test('leads from a table to a model that passes the gates which are proposed', async () => {
    const { commands, shown } = recipeOf('first-model');
    expect(commands.map(([verb]) => verb)).toEqual(['init', 'predict']);
    await using kitchen = await kitchenWith({ 'data.csv': customers() });
    const written = await kitchen.run([...commands[0]!, '--yes', '--json']);
    expect({ code: written.code, stderr: written.code === 0 ? '' : written.stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    const { proposal, evaluation } = JSON.parse(written.stdout);
    expect(proposal).toMatchObject({
      task: 'binary',
      target: { value: 'churned' },
      positive: { value: 'yes' },
    });
    expect(evaluation.verdict).toBe('pass');
    const again = await kitchen.run(['run']);
    expect(again.code).toBe(0);
    for (const piece of shown) expect(withoutLayout(again.stdout)).toContain(piece);
    const { code, stdout } = await kitchen.run(commands[1]!);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(901);
  });
});

describe('recipes of docs/recipes', () => {
  test.each(onFiles)(
    '$page runs as it is written, and says what the page shows',
    async ({ page, file, table }) => {
      const { files, commands, shown } = recipeOf(`recipes/${page}`);
      const rows = table();
      expect(rows.startsWith(files[file]!)).toBe(true);
      await using kitchen = await kitchenWith({ ...files, [file]: rows });
      let printed = '';
      for (const argv of commands) {
        const { code, stdout, stderr } = await kitchen.run(argv);
        expect({ argv, code, stderr: code === 0 ? '' : stderr }).toEqual({ argv, code: 0, stderr: '' });
        printed += stdout;
      }
      for (const piece of shown) expect(withoutLayout(printed)).toContain(piece);
    },
  );

  test.skipIf(!havePostgres())('postgresql reads a table as the page makes it', async () => {
    const { files, commands } = recipeOf('recipes/postgresql');
    await using server = await postgresServer();
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query(files['sales.sql']!);
    const lines = sales(400).trim().split('\n').slice(1);
    for (const line of lines) {
      const values = line.split(',');
      await client.query(
        `insert into sales values (${values.map((_, at) => `$${at + 1}`).join(', ')})`,
        values,
      );
    }
    await client.end();
    await using kitchen = await kitchenWith({ 'ciclo.yml': files['ciclo.yml']! });
    const { code, stderr, stdout } = await kitchen.run([...commands[0]!, '--json'], {
      CICLO_POSTGRES_URL: server.url,
    });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ dataset: { rows: { read: 400 } } });
  });

  test.skipIf(!haveS3())('s3 reads the files of a bucket as the page names them', async () => {
    const { files, commands } = recipeOf('recipes/s3');
    const [names, ...rows] = sales(400).trim().split('\n');
    const csv = (year: string) => [names, ...rows.filter((row) => row.includes(`,${year}-`))].join('\n');
    await using server = await s3Server();
    await server.fill('acme-sales', {
      'sales/year=2025/part-0.csv': csv('2025'),
      'sales/year=2026/part-0.csv': csv('2026'),
    });
    const config = files['ciclo.yml']!.replace(
      'region: eu-west-1',
      `region: us-east-1, endpoint: "${server.url}"`,
    );
    await using kitchen = await kitchenWith({ 'ciclo.yml': config });
    const keys = { CICLO_S3_ACCESS_KEY_ID: 'a', CICLO_S3_SECRET_ACCESS_KEY: 'b' };
    const { code, stderr, stdout } = await kitchen.run([...commands[0]!, '--json'], keys);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ dataset: { rows: { read: 400 } } });
  });
});
