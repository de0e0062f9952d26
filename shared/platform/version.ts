/** Ciclo's version: package.json's, which a test compares, so that no file is read at run time. */
export const cicloVersion = '0.1.0';

/** Version of the result formats: part of every fingerprint, raised when the same inputs give other bytes. */
export const resultFormat = 2;
