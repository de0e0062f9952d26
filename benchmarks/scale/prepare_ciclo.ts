/** The verb prepare over one file, see scale.ts: prepare_ciclo.ts FILE FOLDER TARGET; prints JSON. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadPipeline } from '../../actions/pipeline/pipeline.ts';
import { prepare } from '../../actions/prepare/prepare.ts';
import { systemClock } from '../../shared/platform/clock.ts';
import { silentLogger } from '../../shared/platform/logger.ts';

const [file, folder, target] = process.argv.slice(2);
if (!file || !folder || !target) throw new Error('usage: prepare_ciclo.ts FILE FOLDER TARGET');
const config = path.join(folder, 'ciclo.yml');
const source = { type: 'file', path: path.relative(folder, file) };
writeFileSync(config, JSON.stringify({ name: 'scale', task: 'regression', target, data: { source } }));
const pipeline = await loadPipeline(config);
const ports = { logger: silentLogger, clock: systemClock, environment: {} };

const before = process.resourceUsage();
const { rows } = await prepare({ pipeline }, ports);
const after = process.resourceUsage();
const used = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
console.log(
  JSON.stringify({
    contender: 'ciclo',
    rows: rows.train + rows.validation + rows.test,
    seconds: Math.round(used / 1e4) / 100,
    before: Math.round(before.maxRSS / 1024),
    megabytes: Math.round(after.maxRSS / 1024),
  }),
);
