import { isIban, isLuhn, nationalNumbers } from './check-digits.ts';

const emailPattern = /^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.\p{L}{2,}$/u;
const internationalPhone = /^(?:\+|00)[1-9][\d\s().\-/]{6,22}$/;
const localPhone = /^\(?\d{2,5}\)?[\s./-]\d{2,4}(?:[\s./-]\d{2,4}){1,4}(?:\s?x\d{1,5})?$/;
const ipv4Pattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const ipv6Pattern = /^(?=.*::|(?:[\da-f]*:){7})(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}$/i;
/** United States: no area 000, 666 or 9xx. */
const socialSecurityNumber = /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/;
/** United Kingdom: the prefixes that are given out. */
const nationalInsuranceNumber = /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/;
/** Italy's codice fiscale, whose last letter is a check that its shape does not need. */
const codiceFiscale = /^[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/;
/** One to five words of letters, each with a capital (particles and initials aside), or a surname, a comma and the rest. */
const nameWord = String.raw`(?:\p{Lu}[\p{L}'’.-]*|d[eaiu]|del?la|van|von|der|den|la|le|bin|al|y|e|[\p{Lo}]+)`;
const namePattern = new RegExp(String.raw`^${nameWord}(?:,? ${nameWord}){0,5}(?: \(.*\))?$`, 'u');
const title = /(?:^|[\s,])(?:mr|mrs|ms|miss|dr|prof|sir|herr|frau|mme|mlle|sr|sra|sig)\.?\s/i;

/** Given names that are frequent somewhere: one of them in a value of two words or more makes it a person's name. */
const givenNames = new Set(
  (
    'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark ' +
    'paul steven andrew george edward brian kevin jason jeffrey ryan jacob nicholas eric jonathan stephen larry ' +
    'justin scott brandon benjamin samuel frank gregory raymond alexander patrick jack henry peter adam arthur ' +
    'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy sandra margaret ashley ' +
    'emily donna michelle carol amanda melissa deborah stephanie rebecca laura helen sharon cynthia amy angela ' +
    'anna ruth emma olivia sophia julia maria martha catherine alice jane ellen florence hans karl heinrich klaus ' +
    'wolfgang jürgen stefan andreas martin markus uwe ursula petra monika sabine claudia heike jean pierre michel ' +
    'philippe jacques nicolas marie nathalie isabelle sylvie jose juan luis carlos javier manuel antonio carmen ' +
    'lucia ana rosa giuseppe giovanni mario luigi francesca giulia joão pedro ahmed mohammed muhammad ali fatima ' +
    'aisha omar hassan wei li ming yuki hiroshi sanjay rahul priya anita ivan vladimir sergey olga natalia piotr jan ' +
    'katarzyna agnieszka lars erik anders ingrid kim'
  ).split(' '),
);

/** A value without what people put between its characters. */
function bare(text: string): string {
  return text.replace(/[\s./-]/g, '').toUpperCase();
}

/** An address of electronic mail, at most 254 characters long (RFC 5321). */
export function isEmail(text: string): boolean {
  return text.length <= 254 && emailPattern.test(text.trim());
}

/** A phone number that is written as one: with a country's code, or in groups. */
export function isWrittenPhone(text: string): boolean {
  const trimmed = text.trim();
  const digits = trimmed.replace(/\D/g, '').length;
  if (digits < 7 || digits > 16 || /^\d{4}[./-]\d{1,2}[./-]\d{1,2}$/.test(trimmed)) return false;
  return internationalPhone.test(trimmed) || (digits >= 9 && localPhone.test(trimmed));
}

/** Digits that a phone number may have, when a column is called so. */
export function isPhoneDigits(text: string): boolean {
  return /^\+?\d{7,15}$/.test(text.replace(/[\s()./-]/g, ''));
}

/** An IBAN, spaces in it allowed, with the right check digits (ISO 13616). */
export function isBankAccount(text: string): boolean {
  return isIban(text.replace(/\s/g, '').toUpperCase());
}

/** A card number: 13 to 19 digits of the industry's first ones, and Luhn's check. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  return /^[2-6]\d{12,18}$/.test(digits) && isLuhn(digits);
}

/** The number of a person in some country: by its check digits, or by a shape that nothing else has. */
export function isNationalNumber(text: string): boolean {
  const trimmed = text.trim();
  if (socialSecurityNumber.test(trimmed)) return true;
  const plain = bare(trimmed);
  return nationalInsuranceNumber.test(plain) || codiceFiscale.test(plain);
}

/** The countries whose checks a text passes; of a column's values, most must pass the same. */
export function passedChecks(text: string): string[] {
  const plain = bare(text);
  return nationalNumbers
    .filter(({ length, check }) => length.includes(plain.length) && /^[\dA-Z]+$/.test(plain) && check(plain))
    .map(({ country }) => country);
}

/** An address of a machine: IPv4 or IPv6. */
export function isAddress(text: string): boolean {
  const trimmed = text.trim();
  return ipv4Pattern.test(trimmed) || (trimmed.length >= 3 && ipv6Pattern.test(trimmed));
}

/** A text that is written as a person's name is. */
export function isNameShaped(text: string): boolean {
  return text.length <= 80 && namePattern.test(text.trim());
}

/** A person's name by a title or a frequent given name among at least two words. */
export function isKnownName(text: string): boolean {
  if (title.test(text)) return true;
  const parts = text.toLowerCase().split(/[\s,.]+/);
  return parts.length >= 2 && isNameShaped(text) && parts.some((part) => givenNames.has(part));
}
