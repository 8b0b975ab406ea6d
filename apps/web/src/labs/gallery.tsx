import type { ExampleSummary } from '@vethlab/protocol';
import type { Topology } from '@vethlab/topology';
import { Plus, SquareTerminal } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { readable, rest } from '../connection';
import { formatQuantity } from '../format/numbers';
import { openImport } from '../import';
import { createLab } from './lab-commands';
import { LabDrawing } from './lab-drawing';

/** The example labs, and an empty one. Each opens as a copy of its own. */
export function Gallery(): React.JSX.Element {
  const { examples, problem } = useExamples();
  const topologies = useExampleTopologies();
  const cards = (list: readonly ExampleSummary[]) =>
    list.map((example) => (
      <li key={example.id}>
        <ExampleCard example={example} topology={topologies.get(example.id) ?? null} />
      </li>
    ));
  return (
    <>
      <Group title="Start with an example">
        {problem === null ? null : <li className="text-muted">The examples are not here: {problem}</li>}
        {cards(examples.filter(({ topics }) => topics.length === 0))}
        <li>
          <StartCard label="Start empty" icon={<Plus />} onClick={() => void createLab({ name: 'Untitled lab' })} />
        </li>
        <li>
          <StartCard label="Start from commands" icon={<SquareTerminal />} onClick={() => openImport()} />
        </li>
      </Group>
      {examples.length === 0 ? null : (
        <Group title="Further: NAT, firewalls, VLANs, VRFs, tunnels, slow lines, the outside">
          {cards(examples.filter(({ topics }) => topics.length > 0))}
        </Group>
      )}
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly children: ReactNode;
}

function Group({ title, children }: GroupProps): React.JSX.Element {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-sm font-semibold">
        {title}
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-4">{children}</ul>
    </section>
  );
}

interface StartCardProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
}

function StartCard({ label, icon, onClick }: StartCardProps): React.JSX.Element {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex h-full min-h-56 w-full flex-col items-center justify-center gap-2 rounded-xl border border-dashed border-line-strong text-muted hover:border-accent hover:text-accent"
    >
      <span aria-hidden="true" className="*:size-6">
        {icon}
      </span>
      <span className="font-medium">{label}</span>
    </button>
  );
}

interface ExampleCardProps {
  readonly example: ExampleSummary;
  readonly topology: Topology | null;
}

function ExampleCard({ example, topology }: ExampleCardProps): React.JSX.Element {
  return (
    <button
      type="button"
      onClick={() => void createLab({ example: example.id })}
      className="group flex h-full w-full flex-col overflow-hidden rounded-xl border border-line bg-surface text-left transition-colors hover:border-accent"
    >
      <span className="block h-32 w-full shrink-0 border-b border-line bg-canvas px-3 py-1">
        {topology === null ? null : <LabDrawing topology={topology} />}
      </span>
      <span className="flex flex-1 flex-col gap-1 p-3">
        <span className="text-sm font-medium group-hover:text-accent">{example.name}</span>
        <span className="flex-1 text-muted">{teaching(example)}</span>
        <span className="text-xs text-muted tabular-nums">
          {[formatQuantity(example.nodes, 'node'), formatQuantity(example.links, 'link'), ...example.topics].join(
            ' · ',
          )}
        </span>
      </span>
    </button>
  );
}

/** The first line of an example often begins with its name, which is right above. */
function teaching({ name, description }: ExampleSummary): string {
  if (!description.startsWith(`${name}: `)) return description;
  const rest = description.slice(name.length + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function useExamples(): { readonly examples: readonly ExampleSummary[]; readonly problem: string | null } {
  const [examples, setExamples] = useState<readonly ExampleSummary[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    rest.examples().then(
      (list) => {
        // From the smallest to the largest: that is also the order to learn in.
        if (current) setExamples(list.toSorted((a, b) => a.nodes + a.links - b.nodes - b.links));
      },
      (error: unknown) => {
        if (current) setProblem(readable(error));
      },
    );
    return () => {
      current = false;
    };
  }, []);
  return { examples, problem };
}

/** The drawings come after the page: reading lab files is not needed for anything else on it. */
function useExampleTopologies(): ReadonlyMap<string, Topology> {
  const [topologies, setTopologies] = useState<ReadonlyMap<string, Topology>>(new Map());
  useEffect(() => {
    let current = true;
    void import('./example-topologies')
      .then(({ exampleTopologies }) => exampleTopologies())
      .then((read) => {
        if (current) setTopologies(read);
      });
    return () => {
      current = false;
    };
  }, []);
  return topologies;
}
