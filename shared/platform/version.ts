/** Ciclo's version: package.json's, which a test compares, so that no file is read at run time. */
export const cicloVersion = '0.1.0';

/**
 * Version of the result formats: part of every fingerprint, raised when the same inputs give other bytes. The files' own `version`
 * is raised where a field that was there goes or means something else; fields that are added are optional, so that what an earlier
 * Ciclo wrote is still read (one that is earlier refuses what it does not know).
 */
export const resultFormat = 3;
