import { expect, test } from 'vitest';
import { type LogEntry, recordingLogger } from '../../shared/platform/logger.ts';
import { oneTask } from './one-task.ts';

test('pieces of work are one task, whose line says what goes on now; warnings stay', () => {
  const entries: LogEntry[] = [];
  const { logger, next } = oneTask(recordingLogger(entries), 'first model', 2);
  logger.progress({ task: 'train linear (fold 1)', done: 3, total: 20, detail: 'loss 0.1' });
  logger.info('chose linear');
  next();
  logger.warn('few rows');
  logger.progress({ task: 'intervals', done: 1, total: 10 });
  next();
  expect(entries).toEqual([
    { level: 'progress', message: 'first model 0/2 train linear (fold 1)' },
    { level: 'debug', message: 'chose linear' },
    { level: 'progress', message: 'first model 1/2 ' },
    { level: 'warn', message: 'few rows' },
    { level: 'progress', message: 'first model 1/2 intervals' },
    { level: 'progress', message: 'first model 2/2 ' },
  ]);
});
