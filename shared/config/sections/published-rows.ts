/**
 * Fewest training rows that any value has which is published with a model: rarer categories are "other", and a number of
 * fewer rows gives way to one between its neighbours (ADR 0018).
 */
export const fewestPublishedRows = 5;
