import type { Edit } from '@vethlab/topology';
import { z } from 'zod';
import type { LabMode } from '../lab.js';
import { familySchema, repairItemsSchema } from '../schemas/client-message.js';
import { editSchema } from '../schemas/document.js';
import { labModeSchema } from '../schemas/lab.js';

/** As long as a lab's name in its file may be; the document says the rest. */
const labNameMaxLength = 100;

/** Under the limit of a request body (1 MiB), so that the message about the size is about the file. */
const labFileMaxLength = 1_000_000;

const labName = z.string().trim().min(1).max(labNameMaxLength);
const labFile = z.string().max(labFileMaxLength);
const revision = z.int().nonnegative();

/** `POST /labs`: an empty lab with a name, a copy of an example, or the text of a lab file. `name` overrules the name within. */
export type CreateLabBody =
  | { readonly name: string }
  | { readonly example: string; readonly name?: string }
  | { readonly file: string; readonly name?: string };

export const createLabBodySchema = z.union([
  z.strictObject({ example: z.string().max(labNameMaxLength), name: labName.exactOptional() }),
  z.strictObject({ file: labFile, name: labName.exactOptional() }),
  z.strictObject({ name: labName }),
]);

/**
 * `PUT /labs/{id}` as JSON: the whole document anew, as the text of a lab file (which is also taken as `application/yaml`),
 * or as a document of the shape of `GET /labs/{id}`. With `baseRevision` it is refused as stale when the lab has changed since.
 */
export type ReplaceLabBody =
  | { readonly file: string; readonly baseRevision?: number }
  | { readonly topology: unknown; readonly baseRevision?: number };

export const replaceLabBodySchema = z.union([
  z.strictObject({ file: labFile, baseRevision: revision.exactOptional() }),
  z.strictObject({ topology: z.unknown(), baseRevision: revision.exactOptional() }),
]);

/** `PATCH /labs/{id}` */
export interface RenameLabBody {
  readonly name: string;
}

export const renameLabBodySchema = z.strictObject({ name: labName });

/** `POST /labs/{id}/duplicate`. Without a name it is "Copy of …". */
export interface DuplicateLabBody {
  readonly name?: string;
}

export const duplicateLabBodySchema = z.strictObject({ name: labName.exactOptional() });

/** `POST /labs/{id}/edits` */
export interface EditBody {
  readonly baseRevision: number;
  readonly edit: Edit;
  /** The document changes and the kernel does not: takes back an adoption, or does it again. */
  readonly takeOver?: true;
}

export const editBodySchema = z.strictObject({
  baseRevision: revision,
  edit: editSchema,
  takeOver: z.literal(true).exactOptional(),
});

/** `PUT /labs/{id}/mode` */
export interface ModeBody {
  readonly mode: LabMode;
}

export const modeBodySchema = z.strictObject({ mode: labModeSchema });

/** `POST /labs/{id}/drift/repair`. Absent `items`: all of them. */
export interface RepairBody {
  readonly items?: readonly string[];
}

export const repairBodySchema = z.strictObject({ items: repairItemsSchema.exactOptional() });

/** `POST /labs/{id}/reach` */
export interface ReachBody {
  readonly family?: 4 | 6;
}

export const reachBodySchema = z.strictObject({ family: familySchema.exactOptional() });
