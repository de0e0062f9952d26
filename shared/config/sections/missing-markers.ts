import { z } from 'zod';
import { wordings } from '../messages/wording.ts';

/**
 * Texts that mean missing, where ciclo.yml says nothing else: all that pandas takes for missing
 * (`pandas._libs.parsers.STR_NA_VALUES`, version 2), what Excel writes for an error, and `?`.
 */
export const standardMarkers: readonly string[] = [
  ...['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', 'None', '?', '<NA>', '#NA', '#N/A', '#N/A N/A'],
  ...['-NaN', '-nan', '1.#IND', '1.#QNAN', '-1.#IND', '-1.#QNAN'],
  ...['#DIV/0!', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!', '#SPILL!', '#CALC!', '#GETTING_DATA'],
];

const markerList = z.array(z.string());

/** A list of your own, or the usual one with some added and some taken out; in memory always the list. */
export const missingMarkers = z
  .codec(
    z.union([
      markerList,
      z.strictObject({
        add: markerList.optional().meta({ description: 'Further texts that mean missing. Default: none.' }),
        except: markerList
          .optional()
          .meta({ description: 'Texts of the usual list that are values. Default: none.' }),
      }),
    ]),
    markerList,
    {
      decode: (given) =>
        Array.isArray(given)
          ? given
          : [...new Set([...standardMarkers, ...(given.add ?? [])])].filter(
              (marker) => !given.except?.includes(marker),
            ),
      encode: (markers) => markers,
    },
  )
  .register(wordings, {
    allowed: 'a list of texts, or { add: ["-"] }, or { except: ["None"] }, which change the usual list',
  });
