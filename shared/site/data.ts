import type { Expression } from 'acorn';
import type { Recipe } from '../dataset/recipe/recipe-schema.ts';
import type { ColumnSchema, DatasetSchema } from '../dataset/schema/schema.ts';
import type { Value } from '../dataset/table/table.ts';
import type { EnsemblePart } from '../model/predictor/ensemble-model.ts';
import type { SavedNetwork } from '../model/predictor/network-format.ts';
import type { TreeHeader } from '../model/trees/tree-file.ts';
import type { PredictionIntervals } from './site-input.ts';

/** Ids of the elements that hold the data, as JSON: of the form, before the script, and of the model, after it. */
export const formElement = 'form-data';
export const modelElement = 'model-data';

/** What the form is made of, and answers are shown by. Written when the site is made, where every part of it was checked. */
export interface PageData {
  readonly schema: DatasetSchema;
  /** One for each feature, the most important first. */
  readonly fields: readonly FieldData[];
  readonly uncertainty?: PredictionIntervals;
  /** Features that training rows hardly ever lacked. */
  readonly present: readonly string[];
}

/** What the page's script predicts with, checked as well. */
export interface PageModelData {
  readonly recipe: Recipe;
  /** Binary tasks: above which probability the second class is the answer; default 0.5. */
  readonly threshold?: number;
  /** The recipe's expressions, parsed. */
  readonly expressions: readonly { readonly text: string; readonly parsed: Expression }[];
  /** Each once, as `parseSavedNetwork` gives it, defaults filled in. */
  readonly networks: readonly SavedNetwork[];
  readonly engine: PageEngine;
  /** Of all members, in their order, packed by `packNumbers`, base64. */
  readonly numbers: string;
}

/** The model's engine, without its numbers. */
export type PageEngine = PageMember | PageEnsemble;

/** A blend. */
export interface PageEnsemble {
  /** Those of its members that are not the model's own. */
  readonly recipes: readonly Recipe[];
  readonly parts: readonly (Pick<EnsemblePart, 'weight' | 'target'> & {
    /** `recipe`: its place in `recipes`; absent: the model's own. */
    readonly members: readonly { readonly engine: PageMember; readonly recipe?: number }[];
  })[];
}

/** A model that is no blend; `network`: its place in `networks`. */
export type PageMember = { readonly network: number } | { readonly trees: TreeHeader };

/** A feature's field in the form. */
export interface FieldData {
  readonly column: ColumnSchema;
  /** Of the typical row. */
  readonly typical: Value;
  /** What the charts and sliders cover; numbers and dates only. */
  readonly span?: readonly [number, number];
  /** Of a slider, and of values taken from a chart; numbers only. */
  readonly step?: number;
  readonly control: FieldControl;
  /** Place in the order of importance, 0 the most important. */
  readonly rank: number;
}

/** `choice`: a list of categories and a text for others; `text`: a text with suggestions. */
export type FieldControl = 'number' | 'boolean' | 'choice' | 'text' | 'date' | 'time';

/** Values of a choice that are not a category's index. */
export const choiceOfNone = 'none';
export const choiceOfOther = 'other';
