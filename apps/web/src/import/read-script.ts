import type { GivenScript } from './import-store';

/** The server's limit (`scriptMaxLength` of the protocol), told before anything is sent. */
export const scriptMaxCharacters = 500_000;

export type ReadScript =
  | { readonly ok: true; readonly script: GivenScript }
  | { readonly ok: false; readonly problem: string };

/** Whether a file is a shell script by its name; everything else is taken for a lab file. */
export function isScriptFile(file: Pick<File, 'name' | 'type'>): boolean {
  return /\.(sh|bash)$/i.test(file.name) || file.type === 'application/x-shellscript' || file.type === 'text/x-sh';
}

/** Reads a script from a file. Nothing is run. */
export async function readScript(file: Pick<File, 'name' | 'size' | 'text'>): Promise<ReadScript> {
  // A character has at least one byte: what is larger than this need not be read to be refused.
  if (file.size > 4 * scriptMaxCharacters) return tooLarge(file.name);
  const text = (await file.text()).replace(/^\ufeff/, '').replace(/\r\n/g, '\n');
  if (text.includes('\0')) return { ok: false, problem: `${file.name} is not a text, and so not a script.` };
  if (text.length > scriptMaxCharacters) return tooLarge(file.name);
  return { ok: true, script: { name: nameOf(file.name), text } };
}

/** `setup-lab.sh` → `setup-lab`: the name of the lab, to begin with. */
export function nameOf(fileName: string): string {
  return (
    fileName
      .replace(/\.[^.]*$/, '')
      .slice(0, 100)
      .trim() || 'Imported commands'
  );
}

function tooLarge(fileName: string): ReadScript {
  return {
    ok: false,
    problem: `${fileName} is larger than ${scriptMaxCharacters / 1_000} KB, the most that can be run.`,
  };
}
