import type { ImportScriptReply } from '@vethlab/protocol';
import { useCallback, useMemo, useRef, useState } from 'react';
import { openResult, runScript } from './run-script';
import { needsReading } from './script-end';

type RunState =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  | { readonly state: 'refused'; readonly problem: string }
  | { readonly state: 'ran'; readonly reply: ImportScriptReply };

export type ScriptRun = RunState & {
  /** When all went well the lab opens at once, and `onOpened` is called. */
  readonly start: (name: string, script: string, onOpened: () => void) => Promise<void>;
  readonly open: (onOpened: () => void) => Promise<void>;
  readonly forget: () => void;
};

/** The run of one script, from consent to the lab that came of it. */
export function useScriptRun(): ScriptRun {
  const [run, setRun] = useState<RunState>({ state: 'idle' });
  const latest = useRef<ImportScriptReply | null>(null);

  const open = useCallback(async (onOpened: () => void): Promise<void> => {
    if (latest.current === null) return;
    const problem = await openResult(latest.current);
    if (problem === null) onOpened();
    else setRun({ state: 'refused', problem });
  }, []);

  const start = useCallback(
    async (name: string, script: string, onOpened: () => void): Promise<void> => {
      setRun({ state: 'running' });
      const result = await runScript(name, script);
      if (!result.ok) {
        setRun({ state: 'refused', problem: result.problem });
        return;
      }
      latest.current = result.reply;
      if (needsReading(result.reply)) setRun({ state: 'ran', reply: result.reply });
      else await open(onOpened);
    },
    [open],
  );

  const forget = useCallback(() => {
    latest.current = null;
    setRun({ state: 'idle' });
  }, []);

  return useMemo(() => ({ ...run, start, open, forget }), [run, start, open, forget]);
}
