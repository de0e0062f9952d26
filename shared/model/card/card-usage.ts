import { pipelineNamePattern } from '../../config/sections/pipeline-name.ts';
import { typicalRow } from '../../dataset/recipe/typical-row.ts';
import { featureColumns } from '../../dataset/schema/schema.ts';
import type { Value } from '../../dataset/table/table.ts';
import { escapeMarkdown } from '../../text/markdown.ts';
import { shownTime } from '../../text/shown-time.ts';
import type { ModelCardInput } from './card-input.ts';

/** How to use the model, with a command that works as it stands: tests run it. */
export function usageSection(input: ModelCardInput): string {
  const { pipeline, evaluation, training } = input;
  if (training.engine.backend === 'predictions') {
    const rows = training.folds ? 'the rows of its folds' : 'the validation and the test rows';
    return `## How to use it\n\nIt is predictions of ${rows} alone: it can be judged, and predicts nothing else.`;
  }
  const bundle = `${pipelineNamePattern.test(pipeline) ? pipeline : 'model'}.zip`;
  // Of a release one has the bundle; before that the folder that ciclo train wrote.
  const model = evaluation ? bundle : '.ciclo/model';
  const first = evaluation ? `Save the bundle of the release as \`${bundle}\`. ` : '';
  return [
    '## How to use it',
    `${first}A record has every feature by name, unscaled; this one is typical of the training rows:`,
    `\`\`\`sh\nciclo predict --model ${model} <<'END'\n${recordText(input)}\nEND\n\`\`\``,
    withoutCiclo(input),
  ].join('\n\n');
}

/** What runs the model's own files. */
function withoutCiclo(input: ModelCardInput): string {
  switch (input.training.engine.name) {
    case 'ciclo':
    case 'tensorflow.js':
      return (
        'With TensorFlow.js: `tf.loadLayersModel` reads model.json and weights.bin. The network takes the numbers that ' +
        `recipe.json makes of a record, and answers ${answerOf(input)}.`
      );
    case 'boosted-trees':
      return `trees.json names what the trees of trees.bin ask of a record; they answer ${answerOf(input)}.`;
    case 'ensemble':
      return `ensemble.json names the parts, their weights, and the files of each; together they answer ${answerOf(input)}.`;
    case 'command':
      return (
        'Ciclo runs it by onnxruntime-node, which has to be installed (`npm install --ignore-scripts onnxruntime-node`). With any ONNX Runtime: ' +
        `model.onnx takes the columns as its inputs say, and answers ${answerOf(input)}.`
      );
  }
}

/** What the model itself answers with. */
function answerOf({ schema }: ModelCardInput): string {
  const { task, classes = [] } = schema;
  if (task === 'regression') return 'in the target’s own units';
  return task === 'binary'
    ? `with the probability of the class ${escapeMarkdown(classes[1] ?? '')}`
    : 'with the probability of each class, in the order above';
}

/** The typical record as JSON on one line; dates as texts. */
function recordText({ schema, recipe }: ModelCardInput): string {
  const row = typicalRow(schema, recipe);
  const members = featureColumns(schema).map(({ name, type }) => {
    const value = row[name] ?? null;
    const written = type === 'date' && typeof value === 'number' ? dateText(value) : value;
    return `${jsonText(name)}: ${jsonText(written)}`;
  });
  return `{${members.join(', ')}}`;
}

/** Without seconds where there are none: GitHub could take `:00:` for a picture. */
function dateText(value: number): string {
  return shownTime(new Date(value).toISOString()).replace(/:00(\.000)?Z$/, 'Z');
}

/** A text of which GitHub could make something, in code too, is written in JSON's own escapes. */
function jsonText(value: Value): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain = /^[\p{L}\p{N} _.,()/:-]*$/u.test(value) && !escapeMarkdown(value).includes('&#8203;');
  if (isPlain) return JSON.stringify(value);
  const codes = Array.from({ length: value.length }, (_, i) => value.charCodeAt(i));
  return `"${codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('')}"`;
}
