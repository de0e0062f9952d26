import { z } from 'zod';
import { wordings } from '../../messages/wording.ts';
import { columnName } from '../values.ts';
import { text } from './source-keys.ts';

/** How text is written; only `encoding` is for JSON and NDJSON too. */
export const textSettings = {
  delimiter: z.string().length(1).optional().meta({
    description: 'CSV only. Default: found from the header row, or from a first line such as sep=;',
  }),
  encoding: text.optional().meta({
    description:
      'CSV, JSON and NDJSON: utf-8 (default), utf-16le, windows-1252, iso-8859-15, shift_jis, gbk, or another name of the WHATWG Encoding Standard.',
  }),
  comment: z
    .string()
    .length(1)
    .optional()
    .meta({ description: 'CSV only: lines that begin with this character are skipped. Default: none.' }),
  'skip-rows': z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'CSV only: how many lines are above the header, such as a title. Default: 0.' }),
  header: z
    .union([z.boolean(), z.array(columnName).min(1)])
    .optional()
    .register(wordings, { allowed: 'true, false, or the names of the columns: [id, weight, price]' })
    .meta({
      description:
        'CSV only. false: the first row is data already, columns are c1, c2 and so on; or their names. true: the first row holds names, even if they look like numbers. Default: it does, and names that look like numbers are an error.',
    }),
  decimal: z
    .enum(['.', ','])
    .optional()
    .register(wordings, { allowed: '"." or ","' })
    .meta({ description: 'CSV only: what comes before the decimals. Default: "."' }),
  thousands: z
    .enum([',', '.', "'", ' ', '_'])
    .optional()
    .register(wordings, { allowed: `",", ".", "'", " " or "_"` })
    .meta({
      description:
        'CSV only: what comes between groups of digits; " " means non-breaking spaces too. Default: found from the values of each column.',
    }),
};

export type TextSettings = z.output<z.ZodObject<typeof textSettings>>;
