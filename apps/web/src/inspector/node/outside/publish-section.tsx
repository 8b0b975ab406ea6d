import { namespaceOf } from '@vethlab/observed';
import { type Node, type NodeName, nodeEntries, type PublishedPort, type Topology } from '@vethlab/topology';
import { X } from 'lucide-react';
import { labActions, useLabStore } from '../../../lab';
import { IconButton } from '../../../ui';
import { Section } from '../../fields/section';
import { samePort } from './ports';
import { PublishRow } from './publish-row';

export interface PublishSectionProps {
  readonly name: NodeName;
  readonly node: Node;
  readonly topology: Topology;
}

/** Ports of the node that this machine can reach on its own loopback. */
export function PublishSection({ name, node, topology }: PublishSectionProps): React.JSX.Element {
  const ports = node.publish ?? [];
  const found = useLabStore((lab) => namespaceOf(lab.observed, name)?.published);
  const set = (publish: readonly PublishedPort[]) => labActions.edit({ type: 'set-publish', node: name, publish });
  const taken = new Set(nodeEntries(topology).flatMap(([, { publish }]) => (publish ?? []).map(({ at }) => at)));
  return (
    <Section title="Published ports" count={ports.length}>
      {ports.map((one) => {
        const problem = found?.find((other) => samePort(one, other))?.problem ?? null;
        const place = `127.0.0.1:${one.at}`;
        return (
          <div key={one.at} className="flex flex-col gap-1">
            <div className="flex items-center gap-2 font-mono text-ui">
              <span className="tabular-nums">{one.port}</span>
              <span aria-hidden="true" className="text-muted">
                →
              </span>
              <a
                className="flex-1 truncate tabular-nums hover:underline"
                href={`http://${place}/`}
                target="_blank"
                rel="noreferrer"
              >
                {place}
              </a>
              <IconButton
                size="small"
                label={`Publish ${one.port} no more`}
                onClick={() => void set(ports.filter((other) => other !== one))}
              >
                <X />
              </IconButton>
            </div>
            {problem === null ? null : (
              <p role="alert" className="text-xs text-failing">
                ✕ {problem}
              </p>
            )}
          </div>
        );
      })}
      <PublishRow taken={taken} commit={(port) => set([...ports, port])} />
    </Section>
  );
}
