import { ConfigurationError } from '../../platform/errors.ts';
import { parseConfig } from '../load.ts';

/** The smallest configuration, as the lines above whatever a test adds. */
export const smallestConfig = `task: regression
target: mpg
data:
  source: { type: file, path: data/*.csv }
`;

/** The lines of the error that a text gives as ciclo.yml; empty when it is right. */
export function problemsOf(text: string): string[] {
  try {
    parseConfig(text, 'ciclo.yml');
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n');
    throw error;
  }
}

/** The problems of the smallest configuration with some more lines, without their places. */
export function problems(lines: string, base = smallestConfig): string[] {
  return problemsOf(`${base}${lines}`).map((line) => line.replace(/^ciclo\.yml:\d+:\d+: /, ''));
}

/** The smallest configuration with other keys in `data`. */
export function withData(lines: string): string[] {
  return problems('', `task: regression\ntarget: mpg\ndata:\n${lines}`);
}
