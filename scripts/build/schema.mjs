import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../set-up/repository.mjs';

/** The published schema of the lab file; checked in, and a test says when it is stale. */
export const schemaFile = join(root, 'docs/lab.schema.json');

/** The schema as text, from the built topology package. */
export async function schemaText() {
  const topology = await import(pathToFileURL(join(root, 'packages/topology/dist/index.js')).href);
  return `${JSON.stringify(topology.labFileJsonSchema(), null, 2)}\n`;
}

/** Writes the schema when it differs. @returns {Promise<boolean>} whether it did */
export async function writeSchema() {
  const text = await schemaText();
  if (existsSync(schemaFile) && readFileSync(schemaFile, 'utf8') === text) return false;
  writeFileSync(schemaFile, text);
  return true;
}
