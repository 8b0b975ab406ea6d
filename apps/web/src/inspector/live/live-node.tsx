import type { ObservedNamespace } from '@vethlab/observed';
import type { NodeName } from '@vethlab/topology';
import { livenessOf, useLabStore } from '../../lab';
import { Badge, EmptyState } from '../../ui';
import { Section } from '../fields/section';
import { LiveInterface } from './live-interface';

/** What the kernel says of a node, and nothing else. */
export function LiveNode({ name }: { readonly name: NodeName }): React.JSX.Element {
  const namespace = useLabStore((lab) =>
    Object.hasOwn(lab.observed.namespaces, name) ? lab.observed.namespaces[name] : undefined,
  );
  const drift = useLabStore((lab) => lab.drift);
  const liveness = useLabStore(livenessOf);
  if (liveness === 'idle') {
    return (
      <EmptyState title="Not running" command="ip netns list">
        Start the lab, and what the kernel says of {name} shows here.
      </EmptyState>
    );
  }
  if (namespace === undefined) {
    return (
      <EmptyState title="Not in the kernel yet" command="ip netns list">
        Start the lab, or apply what is held back, and the namespace shows here as the kernel sees it.
      </EmptyState>
    );
  }
  const own = drift.filter((item) => item.namespace === name);
  return (
    <>
      {liveness === 'unknown' ? (
        <p className="px-3 pt-3 text-xs text-drift">
          ◌ No connection: this is what the kernel said when last heard of.
        </p>
      ) : null}
      {own.length === 0 ? null : (
        <Section title="Differs from the document" count={own.length}>
          {own.map((item) => (
            <p key={item.repair.id} className="text-xs text-drift">
              <span aria-hidden="true">Δ </span>
              {item.description}
            </p>
          ))}
        </Section>
      )}
      <Section title="Interfaces" count={Object.keys(namespace.interfaces).length}>
        {Object.values(namespace.interfaces)
          .toSorted((a, b) => a.ifindex - b.ifindex)
          .map((one) => (
            <LiveInterface key={one.ifname} node={name} observed={one} />
          ))}
      </Section>
      <LiveRoutes namespace={namespace} />
      <Section title="Forwarding">
        <div className="flex gap-2">
          <Badge tone={namespace.forwarding.ipv4 ? 'up' : 'neutral'}>
            IPv4 {namespace.forwarding.ipv4 ? 'on' : 'off'}
          </Badge>
          <Badge tone={namespace.forwarding.ipv6 ? 'up' : 'neutral'}>
            IPv6 {namespace.forwarding.ipv6 ? 'on' : 'off'}
          </Badge>
        </div>
        <p className="text-xs text-muted">
          Namespace inode <span className="font-mono tabular-nums">{namespace.inode}</span>
        </p>
      </Section>
    </>
  );
}

function LiveRoutes({ namespace }: { readonly namespace: ObservedNamespace }): React.JSX.Element {
  return (
    <Section title="Routes" count={namespace.routes.length}>
      {namespace.routes.length === 0 ? <p className="text-xs text-muted">None besides the connected ones.</p> : null}
      {namespace.routes.map((route) => (
        <p
          key={`${route.family} ${route.to} ${route.via} ${route.dev} ${route.metric}`}
          className="font-mono text-xs break-all"
        >
          {route.to}
          {route.via === null ? '' : ` via ${route.via}`}
          {route.dev === null ? '' : ` dev ${route.dev}`}
          {route.metric === 0 ? '' : ` metric ${route.metric}`}
          {route.linkDown ? <span className="text-no-carrier"> · not used, no carrier</span> : null}
        </p>
      ))}
    </Section>
  );
}
