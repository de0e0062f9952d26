import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a change is never red for a case that it did not touch.
 * To look for new ones: `CICLO_PROPERTY_SEED=$RANDOM npm test`; what it finds becomes a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env.CICLO_PROPERTY_SEED ?? 20_261_125) });
