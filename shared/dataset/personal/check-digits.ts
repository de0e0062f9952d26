// Numbers that carry check digits. Each takes digits, or a text without separators, and says whether the digits agree.

function digitsOf(text: string): number[] {
  return Array.from(text, Number);
}

function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0);
}

/**
 * Luhn's check (ISO/IEC 7812-1, annex B): card numbers, Swedish personal numbers, IMEI.
 *
 * @example isLuhn('4111111111111111') // true
 */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? 2 * digit : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * The check of international bank account numbers (ISO 13616; ISO/IEC 7064 MOD 97-10).
 *
 * @param iban upper case, without spaces.
 */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(iban)) return false;
  let rest = 0;
  for (const letter of iban.slice(4) + iban.slice(0, 4)) {
    for (const digit of String(Number.parseInt(letter, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** Brazil's CPF: eleven digits, the last two by weights to 11. */
function isCpf(text: string): boolean {
  const digits = digitsOf(text);
  const check = (length: number): number => {
    const sum = digits.slice(0, length).reduce((total, digit, i) => total + digit * (length + 1 - i), 0);
    return ((sum * 10) % 11) % 10;
  };
  return new Set(digits).size > 1 && check(9) === digits[9] && check(10) === digits[10];
}

/** Poland's PESEL: eleven digits that begin with a date of birth, weights 1, 3, 7, 9. */
function isPesel(text: string): boolean {
  const month = Number(text.slice(2, 4)) % 20;
  const day = Number(text.slice(4, 6));
  const sum = weighted(digitsOf(text), [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && sum % 10 === 0;
}

/** Germany's tax number (Steuer-IdNr.): eleven digits, ISO/IEC 7064 MOD 11,10; one of the first ten comes two or three times. */
function isGermanTaxNumber(text: string): boolean {
  const digits = digitsOf(text);
  if (digits[0] === 0 || new Set(digits.slice(0, 10)).size > 9) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (digit + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === digits[10];
}

/** The Netherlands' BSN: nine digits, weights 9 to 2 and -1, divisible by 11. */
function isBsn(text: string): boolean {
  return Number(text) > 0 && weighted(digitsOf(text), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

/** Multiplication in the dihedral group of ten elements (Verhoeff 1969). */
function dihedral(a: number, b: number): number {
  const sum = a < 5 === b < 5 ? 0 : 5;
  return sum + ((a < 5 ? a + b : a - b + 5) % 5);
}

/** India's Aadhaar: twelve digits, the first at least 2, Verhoeff's check. */
function isAadhaar(text: string): boolean {
  if (!/^[2-9]/.test(text)) return false;
  const permute = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const digits = digitsOf(text).reverse();
  const check = digits.reduce((total, digit, i) => {
    let permuted = digit;
    for (let n = 0; n < i % 8; n++) permuted = permute[permuted]!;
    return dihedral(total, permuted);
  }, 0);
  return check === 0;
}

/** France's NIR: thirteen digits that begin with sex and month of birth (Corsica 2A, 2B), and 97 less their rest. */
function isNir(text: string): boolean {
  if (!/^[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{8}$/.test(text)) return false;
  const number = text.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - (Number(number) % 97) === Number(text.slice(13));
}

/** Spain's DNI and NIE: eight digits (of foreigners X, Y or Z and seven), and a letter by their rest of 23. */
function isDni(text: string): boolean {
  if (!/^[XYZ\d]\d{7}[A-Z]$/.test(text)) return false;
  const number = Number(text.slice(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2'));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === text[8];
}

/** China's citizen number (GB 11643-1999): 17 digits with a date of birth, and ISO/IEC 7064 MOD 11-2. */
function isChineseCitizenNumber(text: string): boolean {
  if (!/^[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(text))
    return false;
  const sum = Array.from(text.slice(0, 17)).reduce((rest, digit) => (2 * (rest + Number(digit))) % 11, 0);
  return (12 - sum) % 11 === (text[17] === 'X' ? 10 : Number(text[17]));
}

/** Sweden's personal number: six digits of the date of birth and four, Luhn's check. */
function isPersonnummer(text: string): boolean {
  const ten = text.slice(-10);
  return /^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(ten) && isLuhn(ten);
}

/** A national number by its length and check; columns of numbers may hold it, its leading zeros lost. */
export interface NationalNumber {
  readonly country: string;
  readonly length: readonly number[];
  readonly check: (text: string) => boolean;
}

/** National numbers of persons that carry check digits. */
export const nationalNumbers: readonly NationalNumber[] = [
  { country: 'Brazil', length: [11], check: isCpf },
  { country: 'China', length: [18], check: isChineseCitizenNumber },
  { country: 'France', length: [15], check: isNir },
  { country: 'Germany', length: [11], check: isGermanTaxNumber },
  { country: 'India', length: [12], check: isAadhaar },
  { country: 'the Netherlands', length: [9], check: isBsn },
  { country: 'Poland', length: [11], check: isPesel },
  { country: 'Spain', length: [9], check: isDni },
  { country: 'Sweden', length: [10, 12], check: isPersonnummer },
];
