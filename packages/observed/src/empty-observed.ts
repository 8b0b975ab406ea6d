import type { Observed } from './state.js';

/** What is known before the first look: nothing. */
export const emptyObserved: Observed = Object.freeze({ namespaces: Object.freeze({}) });
