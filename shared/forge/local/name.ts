import { sha256 } from '../../platform/digest.ts';

/** A file's name that can be read, and that leaves no folder: `ciclo / fuel` is `ciclo %2F fuel`. */
export function safeName(name: string): string {
  return name
    .toWellFormed()
    .replace(/[^\p{L}\p{N} ._@-]/gu, encodeURIComponent)
    .replace(/^\./, '%2E');
}

/** 48 bits of a digest: the same thing has the same id on every machine. */
export function idOfText(text: string): number {
  return Number.parseInt(sha256(text).slice('sha256:'.length, 19), 16);
}
