/*
 * Between the main thread and the file worker. Documents travel as JSON text: copying a string is cheaper for the main
 * thread than a structured clone of 1,000 nodes.
 */

export type CodecRequest =
  | { readonly id: number; readonly type: 'read'; readonly text: string }
  | { readonly id: number; readonly type: 'write'; readonly topology: string; readonly previousText: string | null }
  | { readonly id: number; readonly type: 'plan' | 'script'; readonly topology: string };

export type CodecReply =
  | { readonly id: number; readonly ok: true; readonly result: string }
  | { readonly id: number; readonly ok: false; readonly message: string };
