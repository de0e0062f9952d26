import { expect, test } from 'vitest';
import { prepareSchema } from './prepare-section.ts';

const markersOf = (given: unknown) => prepareSchema.parse({ 'missing-markers': given })['missing-markers'];

test('the usual markers are all of pandas and the errors of Excel', () => {
  const { 'missing-markers': usual } = prepareSchema.parse({});
  // sorted(pandas._libs.parsers.STR_NA_VALUES), pandas 3.1.1
  const pandas = [
    ...['', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN', '<NA>'],
    ...['N/A', 'NA', 'NULL', 'NaN', 'None', 'n/a', 'nan', 'null'],
  ];
  // "Error values", support.microsoft.com, ERROR.TYPE function
  const excel = [
    ...[
      '#NULL!',
      '#DIV/0!',
      '#VALUE!',
      '#REF!',
      '#NAME?',
      '#NUM!',
      '#N/A',
      '#GETTING_DATA',
      '#SPILL!',
      '#CALC!',
    ],
  ];
  expect(usual).toEqual(expect.arrayContaining([...pandas, ...excel]));
});

test('markers may be a list of their own, or change the usual one', () => {
  expect(markersOf(['-'])).toEqual(['-']);
  expect(markersOf({ add: ['-', 'n.d.'] })).toEqual(expect.arrayContaining(['', 'NA', '-', 'n.d.']));
  const without = markersOf({ except: ['None'] });
  expect(without).not.toContain('None');
  expect(without).toContain('NA');
  expect(() => markersOf({ remove: ['NA'] })).toThrow();
});
