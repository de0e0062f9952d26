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
