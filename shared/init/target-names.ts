import { isNamedIdentifier } from '../dataset/identity/identifiers.ts';
import { isIndexName } from '../dataset/table/index-name.ts';
import { nameWords } from '../text/name-words.ts';

/** What columns are called that are nothing but a target. */
const plainly = words('target label class outcome response y ziel zielwert zielvariable cible objetivo');
/** What happened in the end, by words of the column's name. */
const outcomes = words(
  'churn churned fraud fraudulent survived survival default defaulted diagnosis species cultivar damage spam defect ' +
    'kündigung gekündigt betrug ausfall fraude ' +
    'failure converted conversion approval approved accepted exited attrition turnover readmitted deceased died dead disease ' +
    'purchased bought relapse relapsed recurrence mortality gestorben',
);
/** Amounts that are often predicted. */
const amounts = words(
  'price quality salary income wage revenue sales demand cost charges mpg gallon consumption rating score clicked risk ' +
    'preis umsatz gehalt prix prezzo precio preço prijs ' +
    'status result grade gross weather medv yield delay death purchase vote tip',
);
const verbs = words('is has was will did');
/** When and where something is: what is known of a row before anything else, and by its numbers nothing to predict. */
const timesAndPlaces = words(
  'year yr month day hour minute second week weekday dayofweek dow quarter date lat latitude lon lng long longitude zip zipcode ' +
    'postcode jahr monat tag stunde woche wochentag quartal datum plz',
);
const between = words('of the in');
/** Who somebody is: known of a person before anything else, and asked for in tables of anything. */
const person = words(
  'gender sex age race ethnicity ethnic minority marital married nationality religion geschlecht alter',
);
/** What is often predicted as the last column, and elsewhere is one of the things that others are predicted from. */
const lastOnly = words('income');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** How much a column's name speaks for its being the target. */
export interface NameEvidence {
  /** Above 0 where it speaks for it, below where it speaks against it. */
  readonly points: number;
  /** Empty where nothing is to be said. */
  readonly why: string;
}

/**
 * What a column's name says of its being the target.
 *
 * @param names of all columns of the table.
 * @example nameEvidence('SalePrice', ['SalePrice', 'area']) // { points: 45, why: 'price is often predicted' }
 */
export function nameEvidence(name: string, names: readonly string[]): NameEvidence {
  const words = nameWords(name);
  const silent = { points: 0, why: '' };
  if (isNamedIdentifier(name) || isIndexName(name)) return { points: -80, why: '' };
  const isTimeOrPlace = words.some((word) => timesAndPlaces.has(word));
  if (isTimeOrPlace && words.every((word) => timesAndPlaces.has(word) || between.has(word))) {
    return { points: -40, why: '' };
  }
  if (words.length > 0 && words.every((word) => person.has(word) || between.has(word))) {
    return { points: -20, why: '' };
  }
  const whole = words.join(' ');
  // A coordinate beside another one is no target.
  if (whole === 'y' && names.some((other) => other.toLowerCase() === 'x')) return silent;
  if (plainly.has(whole)) return { points: 100, why: `${name} is what a target is called` };
  const found = (known: ReadonlySet<string>) => words.findLast((word) => word.length > 1 && known.has(word));
  const outcome = found(outcomes);
  if (outcome !== undefined) return { points: 60, why: `${outcome} is often predicted` };
  const amount = found(amounts);
  if (amount !== undefined && (!lastOnly.has(amount) || names.at(-1) === name)) {
    return { points: amount === words.at(-1) ? 45 : 35, why: `${amount} is often predicted` };
  }
  if (words.length > 1 && verbs.has(words[0]!)) return { points: 40, why: `${name} asks a question` };
  const logarithm = words.find((word) => amounts.has(/^(?:log|ln?)(.+)$/.exec(word)?.[1] ?? ''));
  if (logarithm !== undefined)
    return { points: 30, why: `${logarithm} may be a logarithm that is predicted` };
  const plain = found(plainly);
  return plain === undefined ? silent : { points: 30, why: `its name speaks of a ${plain}` };
}
