// What a command finds in its environment, and what it does not.

/** Prefixes of variables that are not passed on: the runner's own, what the sources may read, other clouds' rights. */
const withheldPrefix = /^(CICLO|GITHUB|ACTIONS|INPUT|AWS|AZURE|ARM|GOOGLE|GCP|CLOUDSDK)_/i;
/** Words in a name that say that the value opens something. */
const secretWord =
  /PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|TOKEN|API_?KEY|(^|_)(KEY|PAT|AUTH|DSN)(_|$)/i;
/** A name and a password in an address. */
const addressWithPassword = /:\/\/[^/\s@]+@/;

/** What holds for programs in Python unless the environment says otherwise: whole lines at once, sets in one order, no .pyc beside the sources. */
const standing = { PYTHONUNBUFFERED: '1', PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };

/** Whether a variable may hold a secret, by its name or because its value is an address with a password. */
function isWithheld(name: string, value: string): boolean {
  return withheldPrefix.test(name) || secretWord.test(name) || addressWithPassword.test(value);
}

/**
 * The environment of a command: the process's own without what may be a secret, and Ciclo's variables.
 *
 * @param own variables named `CICLO_…`.
 */
export function commandEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const passed = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !isWithheld(entry[0], entry[1]),
  );
  return { ...standing, ...Object.fromEntries(passed), ...own };
}
