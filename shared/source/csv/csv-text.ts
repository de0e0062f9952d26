import type { TextSettings } from '../../config/sections/sources/text-settings.ts';
import type { ReadOptions } from '../types.ts';

/** How CSV text is laid out: `data.source` without what is the same for every format. */
export interface CsvText extends TextSettings, Pick<ReadOptions, 'trim'> {}

/** How CSV files are read. */
export interface CsvOptions extends TextSettings, ReadOptions {
  readonly union: boolean;
}

/** The settings of text among those of a source. */
export function textSettings(source: TextSettings): TextSettings {
  const { delimiter, encoding, comment, 'skip-rows': skipRows, header, decimal, thousands } = source;
  return { delimiter, encoding, comment, 'skip-rows': skipRows, header, decimal, thousands };
}
