import { quote } from '../../platform/errors.ts';

/** What a column's name says it may hold. */
export type NameHint =
  | 'e-mail'
  | 'phone'
  | 'iban'
  | 'card-number'
  | 'national-number'
  | 'name'
  | 'ip-address';

/** Names as people write them in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish: whole words. */
const words: Readonly<Record<NameHint, readonly string[]>> = {
  'e-mail': ['email', 'e mail', 'mail', 'correo', 'courriel', 'posta elettronica', 'e post', 'epost'],
  phone: [
    ...[
      'phone',
      'telephone',
      'mobile',
      'cell',
      'cellphone',
      'fax',
      'tel',
      'telefon',
      'telefonnummer',
      'handy',
    ],
    ...[
      'mobil',
      'rufnummer',
      'portable',
      'telefono',
      'movil',
      'celular',
      'telefone',
      'cellulare',
      'telefoon',
    ],
  ],
  iban: ['iban', 'bank account', 'kontonummer', 'compte', 'cuenta', 'conto'],
  'card-number': [
    'card number',
    'card no',
    'cc number',
    'credit card',
    'kartennummer',
    'pan',
    'tarjeta',
    'carta',
  ],
  'national-number': [
    ...[
      'ssn',
      'social security',
      'national id',
      'national number',
      'passport',
      'nino',
      'ni number',
      'tax id',
    ],
    ...[
      'steuer id',
      'steuernummer',
      'ausweisnummer',
      'nir',
      'numero de securite sociale',
      'dni',
      'nie',
      'cpf',
    ],
    ...['codice fiscale', 'pesel', 'bsn', 'aadhaar', 'personnummer', 'curp', 'rijksregisternummer'],
  ],
  name: [
    ...[
      'full name',
      'first name',
      'last name',
      'given name',
      'family name',
      'middle name',
      'surname',
      'forename',
    ],
    ...[
      'fname',
      'lname',
      'firstname',
      'lastname',
      'fullname',
      'customer name',
      'patient name',
      'employee name',
    ],
    ...['person name', 'vorname', 'nachname', 'familienname', 'prenom', 'nom de famille', 'nombre completo'],
    ...[
      'apellido',
      'apellidos',
      'cognome',
      'nome completo',
      'sobrenome',
      'voornaam',
      'achternaam',
      'imie',
      'nazwisko',
    ],
  ],
  'ip-address': ['ip', 'ip address', 'ipaddress', 'ip adresse', 'client ip', 'remote addr'],
};

/** Names that persons and things alike have: their values decide. */
const ambiguous: readonly string[] = [
  'name',
  'names',
  'nom',
  'nombre',
  'nome',
  'naam',
  'customer',
  'patient',
  'employee',
  ...[
    'doctor',
    'physician',
    'nurse',
    'agent',
    'rep',
    'salesperson',
    'salesman',
    'teacher',
    'driver',
    'manager',
  ],
];

/** A column's name as words in lower case, without accents: `customerE-Mail_1` is `customer e mail 1`. */
function nameWords(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

function holds(text: string, phrase: string): boolean {
  return ` ${text} `.includes(` ${phrase} `);
}

/** What a column's name says of its values. */
export function hintOf(name: string): NameHint | undefined {
  const text = nameWords(name);
  const hints = Object.keys(words) as NameHint[];
  return hints.find((hint) => words[hint].some((phrase) => holds(text, phrase)));
}

/** Whether a column is called as persons' names are, and those of things too. */
export function mayBeNames(name: string): boolean {
  const text = nameWords(name);
  return ambiguous.some((phrase) => holds(text, phrase));
}

/**
 * A value as a message quotes it. Logs of public repositories are public: values of columns that are called as personal
 * data are not shown, and their place is enough to find them.
 */
export function quotedValue(name: string, value: unknown): string {
  return hintOf(name) === undefined
    ? quote(value)
    : 'a value that is not shown, because the column looks personal';
}
