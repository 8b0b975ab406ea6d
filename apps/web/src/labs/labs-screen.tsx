import { Plus, SquareTerminal, Upload } from 'lucide-react';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { navigate } from '../app/route';
import { ThemeMenu } from '../header/theme-menu';
import { MachineEntry } from '../host';
import { isScriptFile, openImport, readScript } from '../import';
import { Button, EmptyState } from '../ui';
import { DropArea } from './drop-area';
import { Gallery } from './gallery';
import { type ImportProblem, importLab } from './import-lab';
import { ImportProblems } from './import-problems';
import { createLab } from './lab-commands';
import { LabTable } from './lab-table';
import { useLabs } from './use-labs';

/** `/`: all labs, the example labs, and every way to a new one. */
export function LabsScreen(): React.JSX.Element {
  const { labs, runtime, problem, refresh } = useLabs();
  const [importProblems, setImportProblems] = useState<readonly ImportProblem[]>([]);
  const picker = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = 'Labs – Vethlab';
  }, []);

  const importFiles = async (given: readonly File[]): Promise<void> => {
    // A script is read, shown and asked about; only lab files are imported as they are.
    const script = given.find(isScriptFile);
    const files = given.filter((file) => !isScriptFile(file));
    if (script !== undefined) await openScript(script);
    if (files.length === 0) return;
    const results = await Promise.all(files.map(importLab));
    setImportProblems(results.flatMap((result) => (result.ok ? [] : [result.problem])));
    const [first, ...others] = results;
    if (first?.ok === true && others.length === 0) navigate({ screen: 'lab', labId: first.lab.id });
    else await refresh();
  };
  const openScript = async (file: File): Promise<void> => {
    const read = await readScript(file);
    if (read.ok) openImport(read.script);
    else setImportProblems([{ fileName: file.name, text: read.problem, diagnostics: [] }]);
  };
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    void importFiles([...(event.currentTarget.files ?? [])]);
    // The same file again, mended, must count as a choice.
    event.currentTarget.value = '';
  };

  return (
    <DropArea onFiles={(files) => void importFiles(files)}>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-4">
        <img src="/vethlab.svg" alt="" className="size-5" />
        <span className="text-sm font-semibold">Vethlab</span>
        <span className="flex-1" />
        <ThemeMenu />
      </header>
      <main className="min-h-0 flex-1 overflow-auto">
        <div className="mx-auto flex max-w-5xl flex-col gap-8 px-6 py-8">
          <ImportProblems problems={importProblems} onDismiss={() => setImportProblems([])} />
          {problem === null ? null : (
            <p role="alert" className="rounded-lg bg-failing-soft px-3 py-2 text-failing">
              ✕ {problem}
            </p>
          )}
          <section aria-labelledby="labs-heading" className="flex flex-col gap-3">
            <div className="flex flex-wrap items-center gap-2">
              <h1 id="labs-heading" className="flex-1 text-lg font-semibold">
                Labs
              </h1>
              <Button onClick={() => picker.current?.click()}>
                <Upload aria-hidden="true" className="size-4" /> Import a lab file
              </Button>
              <Button onClick={() => openImport()}>
                <SquareTerminal aria-hidden="true" className="size-4" /> Import commands
              </Button>
              <Button variant="primary" onClick={() => void createLab({ name: 'Untitled lab' })}>
                <Plus aria-hidden="true" className="size-4" /> New lab
              </Button>
              <input
                ref={picker}
                type="file"
                multiple
                accept=".yaml,.yml,application/yaml"
                aria-label="Lab files to import"
                className="sr-only"
                tabIndex={-1}
                onChange={pick}
              />
            </div>
            {labs === null ? (
              problem === null ? (
                <p className="py-8 text-center text-muted">Reading the labs…</p>
              ) : null
            ) : labs.length === 0 ? (
              <div className="rounded-xl border border-dashed border-line-strong">
                <EmptyState title="No labs yet" command="npx vethlab run labs/router.lab.yaml">
                  Start with an example below, start empty, or drop a lab file anywhere on this page.
                </EmptyState>
              </div>
            ) : (
              <LabTable labs={labs} onChanged={refresh} />
            )}
            {runtime === 'host' ? <MachineEntry /> : null}
          </section>
          <Gallery />
        </div>
      </main>
    </DropArea>
  );
}
