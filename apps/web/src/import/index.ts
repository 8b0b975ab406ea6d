export { importActions } from './import-actions';
export { ImportDialog } from './import-dialog';
export { openImport } from './import-store';
export { isScriptFile, readScript } from './read-script';
