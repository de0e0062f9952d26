import type { Manifest } from '../../shared/artifacts/folders/manifest.ts';

/** Which model a check is about, and what it was made of, by their digests. */
export interface JudgedInputs {
  readonly model: string;
  /** What ciclo.lock pins. */
  readonly data: string;
  /** The configuration of the training. */
  readonly train: string;
}

const parts = ['model', 'data', 'train'] as const;

/** What a model's manifest says of it. */
export function judgedInputsOf({ digest, inputs }: Pick<Manifest, 'digest' | 'inputs'>): JudgedInputs {
  return { model: digest, data: inputs.data!, train: inputs.train! };
}

/** The last line of a check's summary: deploy compares its model with it. */
export function formatJudgedLine(judged: JudgedInputs): string {
  return `<sub>Judged: ${parts.map((part) => `${part} \`${judged[part]}\``).join(', ')}</sub>`;
}

const digest = '`(sha256:[0-9a-f]{64})`';
const line = new RegExp(`^<sub>Judged: ${parts.map((part) => `${part} ${digest}`).join(', ')}</sub>$`);

/** Reads it out of a check's summary; undefined when the check has none. */
export function parseJudgedLine(summary: string): JudgedInputs | undefined {
  const [, model, data, train] = line.exec(summary.trimEnd().split('\n').at(-1)!.trim()) ?? [];
  return model === undefined ? undefined : { model, data: data!, train: train! };
}
