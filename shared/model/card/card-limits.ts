import { byCount, counted } from '../../text/counts.ts';
import { escapeMarkdown as literal } from '../../text/markdown.ts';
import { judgedRowWord } from '../report/judged-rows.ts';
import type { ModelCardInput } from './card-input.ts';

/** Fewer training rows than this for each input is few: estimates are then shaky. */
const rowsPerInput = 10;

/** What is known to limit the model, one Markdown sentence or two each. */
export function limitsOf(input: ModelCardInput): string[] {
  return [...rangeLimits(input), ...sizeLimits(input), ...qualityLimits(input), ...judgementLimits(input)];
}

function rangeLimits({ schema }: ModelCardInput): string[] {
  const features = schema.columns.filter(({ role }) => role === 'feature');
  const limits: string[] = [];
  if (features.some(({ seen }) => seen !== undefined)) {
    limits.push(
      'Numbers and dates outside the training range (the table above) are extrapolated: expect larger errors.',
    );
  }
  const categorical = features.filter(({ categories }) => categories !== undefined);
  if (categorical.length > 0) {
    const names = categorical.map(({ name }) => literal(name)).join(', ');
    limits.push(`All categories not seen in training are treated the same (${names}).`);
  }
  return limits;
}

function sizeLimits({ training, schema }: ModelCardInput): string[] {
  const { rows, inputs, warnings } = training;
  const limits = warnings.map(literal);
  if (rows.train < rowsPerInput * inputs && rows.train >= inputs) {
    limits.push(
      `Only ${counted(rows.train, 'training row')} for ${counted(inputs, 'input')}: fewer than ${rowsPerInput} rows per input.`,
    );
  }
  if (rows.validation < 100) {
    limits.push(
      `Only ${counted(rows.validation, judgedRowWord(training))}: which candidate is best, and which feature matters, is uncertain.`,
    );
  }
  if (schema.task !== 'regression') {
    limits.push(
      'Probabilities are not calibrated after training: check the calibration before you act on their size.',
    );
  }
  return limits;
}

function qualityLimits({ quality }: ModelCardInput): string[] {
  const found = quality?.checks.filter(({ status }) => status !== 'pass') ?? [];
  return found.map(({ check, message }) => `Data check “${literal(check)}”: ${literal(message)}`);
}

function judgementLimits({ evaluation, config }: ModelCardInput): string[] {
  if (!evaluation) return ['It has not been evaluated on unseen rows yet.'];
  const weak = evaluation.slices.filter(({ judged }) => !judged);
  const limits =
    weak.length === 0
      ? []
      : [
          `${counted(weak.length, 'slice')} of the ${evaluation.outOfFold ? '' : 'test '}rows ${byCount(weak.length, 'was', 'were')} too small to judge.`,
        ];
  if (config.data.time === undefined) {
    limits.push('No event time is declared, so performance over time has not been tested.');
  }
  return limits;
}
