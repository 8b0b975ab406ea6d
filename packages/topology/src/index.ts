export type * from './diff/topology-diff.js';
export type * from './edits/edit.js';
export type * from './model/diagnostic.js';
export type * from './model/names.js';
export type * from './model/topology.js';
