import { FileUp, Play } from 'lucide-react';
import { type ChangeEvent, useRef, useState } from 'react';
import { Button, Dialog, Field } from '../ui';
import { closeImport, type GivenScript, useImportStore } from './import-store';
import { consentWords } from './import-words';
import { countLines, failuresByLine } from './line-notes';
import { readScript, scriptMaxCharacters } from './read-script';
import { RunProgress } from './run-progress';
import { isEmpty } from './script-end';
import { ScriptResult } from './script-result';
import { ScriptText } from './script-text';
import { type ScriptRun, useScriptRun } from './use-script-run';

/** Makes a lab of a shell script: shown whole, run only after consent, in a sandbox of its own, and told what came of it. */
export function ImportDialog(): React.JSX.Element {
  const { open, given } = useImportStore();
  const run = useScriptRun();
  const close = (): void => {
    run.forget();
    closeImport();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        // A run cannot be called back; it ends by itself in a moment.
        if (!next && run.state !== 'running') close();
      }}
      title="Import commands"
      description="Paste or open a shell script of ip, sysctl, iptables, nft and tc lines, and get the lab that it makes."
      width="wide"
    >
      {open ? <ImportForm key={given?.text ?? ''} given={given} run={run} onClose={close} /> : null}
    </Dialog>
  );
}

interface ImportFormProps {
  readonly given: GivenScript | null;
  readonly run: ScriptRun;
  readonly onClose: () => void;
}

function ImportForm({ given, run, onClose }: ImportFormProps): React.JSX.Element {
  const [text, setText] = useState(given?.text ?? '');
  const [name, setName] = useState(given?.name ?? 'Imported commands');
  const [agreed, setAgreed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [shown, setShown] = useState<{ readonly line: number } | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const running = run.state === 'running';
  const reply = run.state === 'ran' ? run.reply : null;
  const failed = new Set(failuresByLine(reply?.failures ?? []).keys());
  const change = (next: string): void => {
    setText(next);
    // Consent is to these very commands.
    setAgreed(false);
    setProblem(null);
    run.forget();
  };
  const take = async (file: File): Promise<void> => {
    const read = await readScript(file);
    if (!read.ok) {
      setProblem(read.problem);
      return;
    }
    change(read.script.text);
    setName(read.script.name);
  };
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.currentTarget.files?.[0];
    event.currentTarget.value = '';
    if (file !== undefined) void take(file);
  };
  const tooLong = text.length > scriptMaxCharacters;
  const trouble = tooLong
    ? `This is longer than ${scriptMaxCharacters / 1_000} KB, the most that can be run.`
    : (problem ?? (run.state === 'refused' ? run.problem : null));
  const ready = text.trim() !== '' && name.trim() !== '' && agreed && !tooLong && !running;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void run.start(name.trim(), text, onClose);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const file = event.dataTransfer.files[0];
        if (file === undefined) return;
        event.preventDefault();
        if (!running) void take(file);
      }}
    >
      <div className="flex items-end gap-2">
        <Field
          label="Name of the lab"
          className="flex-1"
          maxLength={100}
          value={name}
          disabled={running}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button disabled={running} onClick={() => picker.current?.click()}>
          <FileUp aria-hidden="true" className="size-4" /> Open a script
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".sh,.bash,.txt,application/x-shellscript,text/x-sh,text/plain"
          aria-label="Script to import"
          className="sr-only"
          tabIndex={-1}
          onChange={pick}
        />
      </div>
      <ScriptText text={text} onChange={change} disabled={running} failed={failed} shown={shown} />
      {trouble === null ? null : (
        <p role="alert" className="text-failing">
          ✕ {trouble}
        </p>
      )}
      {reply === null ? (
        <Consent lines={countLines(text.trimEnd())} agreed={agreed} disabled={running} onAgree={setAgreed} />
      ) : (
        <ScriptResult reply={reply} onShowLine={(line) => setShown({ line })} />
      )}
      {running ? <RunProgress /> : null}
      <div className="sticky -bottom-4 -mx-4 -mb-4 flex justify-end gap-2 border-t border-line bg-raised px-4 py-3">
        {reply === null ? (
          <>
            <Button disabled={running} onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" disabled={!ready}>
              <Play aria-hidden="true" className="size-3.5" /> Run and draw
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => change(text)}>Change the commands</Button>
            <Button variant="primary" disabled={isEmpty(reply)} onClick={() => void run.open(onClose)}>
              Open the lab
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

function Consent(props: {
  readonly lines: number;
  readonly agreed: boolean;
  readonly disabled: boolean;
  readonly onAgree: (agreed: boolean) => void;
}): React.JSX.Element {
  const { lines, agreed, disabled, onAgree } = props;
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-sunken p-3">
      <ul className="flex list-disc flex-col gap-0.5 pl-4 text-muted">
        {consentWords.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <label className="flex w-fit items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={agreed}
          disabled={disabled}
          onChange={(event) => onAgree(event.currentTarget.checked)}
        />
        {lines === 1 ? 'I have read this line and want it run.' : `I have read these ${lines} lines and want them run.`}
      </label>
    </div>
  );
}
