import { expect, test } from 'vitest';
import { configText } from '../../shared/init/config-text.ts';
import type { SourceDeclaration } from '../../shared/init/proposal.ts';
import { fixedClock } from '../../shared/platform/clock.ts';
import { type LogEntry, recordingLogger } from '../../shared/platform/logger.ts';
import { temporaryFolder } from '../../shared/source/testing/temporary-folder.ts';
import { readFirstLook } from './analysis.ts';
import { lookWithNames } from './look-with-names.ts';

const rows = (of: (i: number) => string): string => Array.from({ length: 40 }, (_, i) => of(i)).join('\n');
const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);

async function look(text: string) {
  await using folder = await temporaryFolder({ 'a.csv': text });
  const log: LogEntry[] = [];
  const logger = recordingLogger(log);
  const place = { directory: folder.path, ports: { logger, clock: fixedClock(0), environment: {} } };
  const seen = (source: SourceDeclaration) => readFirstLook(source, place);
  const found = await lookWithNames({ type: 'file', path: 'a.csv' }, seen, logger);
  return { ...found, columns: [...found.look.table.columns.keys()], said: log.map(({ message }) => message) };
}

test('an index is left out, and nothing has to be declared', async () => {
  const { source, columns } = await look(`,x,y\n${rows((i) => `${i},${i % 7},${i % 3}`)}\n`);
  expect(source).toEqual({ type: 'file', path: 'a.csv' });
  expect(columns).toEqual(['x', 'y']);
});

test('a column of dates without a name gets one in ciclo.yml, and that is said', async () => {
  const {
    source,
    columns,
    look: seen,
    said,
  } = await look(`,y,no\n${rows((i) => `${day(i)},${i % 7},${i % 3}`)}\n`);
  expect(columns).toEqual(['index', 'y', 'no']);
  expect(seen.table.columns.get('index')?.type).toBe('date');
  expect(said).toContain(
    'a column has no name in the file: index in ciclo.yml (data.source.header), where another name can be given',
  );
  const proposal = {
    name: 'n',
    source,
    task: { value: 'regression' as const, why: '' },
    target: { value: 'y', why: '' },
    leftOut: [],
    notes: [],
  };
  expect(configText(proposal)).toContain(
    'source: { type: file, path: a.csv, skip-rows: 1, header: [index, "y", "no"] }',
  );
});
