export type * from './delta.js';
export type * from './state.js';
