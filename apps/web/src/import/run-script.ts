import type { ImportScriptReply } from '@vethlab/protocol';
import { navigate } from '../app/route';
import { RequestFailed, readable, rest } from '../connection';

export type RunResult =
  | { readonly ok: true; readonly reply: ImportScriptReply }
  | { readonly ok: false; readonly problem: string };

/** Runs a script that a person has consented to, in a sandbox of its own. */
export async function runScript(name: string, script: string): Promise<RunResult> {
  try {
    return { ok: true, reply: await rest.importScript({ name, script, consent: true }) };
  } catch (error) {
    if (error instanceof RequestFailed) return { ok: false, problem: error.message };
    return { ok: false, problem: readable(error) };
  }
}

/** Makes a lab of what came to be, and opens it. Gives what went wrong, or null. */
export async function openResult(reply: ImportScriptReply): Promise<string | null> {
  try {
    const lab = await rest.create({ file: reply.file });
    navigate({ screen: 'lab', labId: lab.id });
    return null;
  } catch (error) {
    return readable(error);
  }
}
