export { PatchedRecord } from './patched-record.js';
