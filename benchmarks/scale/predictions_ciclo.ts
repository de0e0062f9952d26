/** `validate --predictions`, see scale.ts: predictions_ciclo.ts FILE FOLDER TASK; prints JSON. */
import { type JudgePredictionsInputs, judgePredictions } from '../../actions/validate/judge-predictions.ts';
import { systemClock } from '../../shared/platform/clock.ts';
import { silentLogger } from '../../shared/platform/logger.ts';

const [predictions, output, task] = process.argv.slice(2);
if (!predictions || !output || !task) throw new Error('usage: predictions_ciclo.ts FILE FOLDER TASK');

const before = process.resourceUsage();
const { evaluation } = await judgePredictions(
  { predictions, output, task: task as NonNullable<JudgePredictionsInputs['task']> },
  { logger: silentLogger, clock: systemClock, environment: {} },
);
const after = process.resourceUsage();
const used = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
console.log(
  JSON.stringify({
    contender: 'ciclo',
    rows: evaluation.rows,
    seconds: Math.round(used / 1e4) / 100,
    before: Math.round(before.maxRSS / 1024),
    megabytes: Math.round(after.maxRSS / 1024),
  }),
);
