import { expect, test } from 'vitest';
import { loneCoordinator } from '../../../tests/trino.ts';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { messageFrom, readConfigured } from '../testing/read-helpers.ts';

/** 300,000 rows and more, which are many answers. */
const query = 'SELECT orderkey, linenumber, comment FROM tpch.sf1.lineitem WHERE orderkey < 300000';

/** @param meanwhile is called once, when some rows have come. */
function read(url: string, meanwhile: () => void, sleep: () => Promise<void>) {
  const log: LogEntry[] = [];
  const recording = recordingLogger(log);
  let begun = false;
  const progress = (): void => {
    if (!begun) meanwhile();
    begun = true;
  };
  const given = {
    environment: { CICLO_TRINO_URL: url },
    logger: { ...recording, progress },
    clock: { now: () => Date.now(), sleep },
  };
  const infos = (): string[] => log.filter(({ level }) => level === 'info').map(({ message }) => message);
  return { rows: readConfigured({ type: 'trino', query }, given), infos };
}

test('a coordinator that is lost in mid-stream is asked again when it is back, and gone otherwise', async () => {
  await using coordinator = await loneCoordinator();
  const place = `Trino at ${new URL(coordinator.url).host}`;
  const whole = await read(
    coordinator.url,
    () => undefined,
    async () => undefined,
  ).rows;
  expect(whole.table.rows).toBeGreaterThan(200_000);

  let back: Promise<void> | undefined;
  let pauses = 0;
  // It is away for longer than an answer is waited for: six tries, with five pauses.
  const lost = read(
    coordinator.url,
    () => {
      back = coordinator.start();
    },
    async () => void (++pauses > 5 && (await back)),
  );
  const again = await lost.rows;
  expect(again.parts).toEqual(whole.parts);
  expect(again.table.rows).toBe(whole.table.rows);
  expect(lost.infos()).toContain(`${place} lost the query (it gives no answer any more); trying again`);

  const gone = read(
    coordinator.url,
    () => void coordinator.kill(),
    async () => undefined,
  );
  expect(await messageFrom(gone.rows)).toMatch(
    new RegExp(
      `^${place.replaceAll('.', '\\.')} gave no answer in 6 tries: .+; is its coordinator running and reachable from here`,
    ),
  );
});
