import './live.css';
import { ROOT_NAMESPACE } from '@vethlab/observed';
import { type LivePieces, type LiveSection, liveSections } from '@vethlab/protocol';
import { type ReactNode, useMemo } from 'react';
import { visibleText } from '../../format/visible-text';
import { livenessOf, useLabStore } from '../../lab';
import { Badge, EmptyState, Field } from '../../ui';
import { Section } from '../fields/section';
import { ListSection } from './list-section';
import { type SectionId, setLiveFilter, useLiveView } from './live-view-store';
import { addressLook } from './sections/addresses';
import { connectionLook } from './sections/connections';
import { fdbLook } from './sections/fdb';
import { FirewallSection } from './sections/firewall';
import { interfaceLook, withCounters } from './sections/interfaces';
import { neighbourLook } from './sections/neighbours';
import { routeLook } from './sections/routes';
import { ruleLook } from './sections/rules';
import { socketLook } from './sections/sockets';
import { sysctlLook } from './sections/sysctls';
import { useInspect } from './use-inspect';

const nothing: LivePieces = {};

/** What is read for a section of the page. */
const readFor: Readonly<Partial<Record<SectionId, readonly LiveSection[]>>> = {
  interfaces: ['interfaces', 'counters'],
};

export interface LiveNodeProps {
  readonly name: string;
  /** What somebody else has to tell of the node, below the sections: its processes. */
  readonly children?: ReactNode;
}

/** What the kernel says of a namespace, and nothing else, whether it is in the document or made by hand. */
export function LiveNode({ name, children }: LiveNodeProps): React.JSX.Element {
  const open = useLiveView((view) => view.open);
  const wanted = [...open].flatMap((id): readonly LiveSection[] => readFor[id] ?? [id as LiveSection]);
  useInspect(
    name,
    liveSections.filter((section) => wanted.includes(section)),
  );
  const liveness = useLabStore(livenessOf);
  const isSeen = useLabStore((lab) => name === ROOT_NAMESPACE || Object.hasOwn(lab.observed.namespaces, name));
  if (liveness === 'idle') {
    return (
      <EmptyState title="Not running" command="ip netns list">
        Start the lab, and what the kernel says of {visibleText(name)} shows here.
      </EmptyState>
    );
  }
  if (!isSeen) {
    return (
      <EmptyState title="Not in the kernel yet" command="ip netns list">
        Start the lab, or apply what is held back, and the namespace shows here as the kernel sees it.
      </EmptyState>
    );
  }
  return (
    <>
      {liveness === 'unknown' ? (
        <p className="px-3 pt-3 text-xs text-drift">
          ◌ No connection: this is what the kernel said when last heard of.
        </p>
      ) : null}
      <DriftOf name={name} />
      <Head name={name} />
      <Sections name={name} />
      {children}
    </>
  );
}

function DriftOf({ name }: { readonly name: string }): React.JSX.Element | null {
  const drift = useLabStore((lab) => lab.drift);
  const own = drift.filter((item) => item.namespace === name);
  if (own.length === 0) return null;
  return (
    <Section title="Differs from the document" count={own.length}>
      {own.map((item) => (
        <p key={item.repair.id} className="text-xs text-drift">
          <span aria-hidden="true">Δ </span>
          {item.description}
        </p>
      ))}
    </Section>
  );
}

/** What stands above the sections: whether it forwards, its inode, and the filter of all of them. */
function Head({ name }: { readonly name: string }): React.JSX.Element {
  const namespace = useLabStore((lab) =>
    Object.hasOwn(lab.observed.namespaces, name) ? lab.observed.namespaces[name] : undefined,
  );
  const filter = useLiveView((view) => view.filter);
  const { ipv4 = false, ipv6 = false } = namespace?.forwarding ?? {};
  return (
    <div className="flex flex-col gap-2 px-3 py-3">
      {namespace === undefined ? null : (
        <>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
            Forwarding
            <Badge tone={ipv4 ? 'up' : 'neutral'}>IPv4 {ipv4 ? 'on' : 'off'}</Badge>
            <Badge tone={ipv6 ? 'up' : 'neutral'}>IPv6 {ipv6 ? 'on' : 'off'}</Badge>
          </p>
          <p className="text-xs text-muted">
            Namespace inode <span className="font-mono tabular-nums">{namespace.inode}</span>
          </p>
        </>
      )}
      <Field
        label="Filter what is shown"
        labelHidden
        placeholder="Filter: 10.0. eth0 listen"
        value={filter}
        onChange={(event) => setLiveFilter(event.target.value)}
      />
    </div>
  );
}

function Sections({ name }: { readonly name: string }): React.JSX.Element {
  const pieces = useLabStore((lab) => (lab.live?.node === name ? lab.live.pieces : nothing));
  const isSwitch = useLabStore((lab) => {
    const interfaces = Object.hasOwn(lab.observed.namespaces, name) ? lab.observed.namespaces[name]?.interfaces : {};
    return Object.values(interfaces ?? {}).some((one) => one.type === 'bridge');
  });
  const interfaces = useMemo(
    () => withCounters(pieces.interfaces, pieces.counters),
    [pieces.interfaces, pieces.counters],
  );
  return (
    <>
      <ListSection
        id="interfaces"
        title="Interfaces"
        node={name}
        list={interfaces}
        look={interfaceLook}
        empty="None."
      />
      <ListSection
        id="addresses"
        title="Addresses"
        node={name}
        list={pieces.addresses}
        look={addressLook}
        empty="No interface has an address."
      />
      {isSwitch ? (
        <ListSection
          id="fdb"
          title="Forwarding table"
          node={name}
          list={pieces.fdb}
          look={fdbLook}
          empty="The bridge has learned nothing yet: send something through it."
        />
      ) : null}
      <ListSection
        id="routes"
        title="Routes"
        node={name}
        list={pieces.routes}
        look={routeLook}
        empty="No routes: nothing but its own interfaces can be reached."
      />
      <ListSection
        id="rules"
        title="Rules of routing"
        node={name}
        list={pieces.rules}
        look={ruleLook}
        empty="No rules: no table is looked into."
      />
      <ListSection
        id="neighbours"
        title="Neighbours"
        node={name}
        list={pieces.neighbours}
        look={neighbourLook}
        empty="Nobody yet: a ping to a node of the same subnet makes an entry."
      />
      <FirewallSection node={name} firewall={pieces.firewall} />
      <ListSection
        id="connections"
        title="Connections and translations"
        node={name}
        list={pieces.connections}
        look={connectionLook}
        empty="None is known: they are followed where a firewall asks for their state, or NAT translates."
      />
      <ListSection
        id="sysctls"
        title="Settings (sysctl)"
        node={name}
        list={pieces.sysctls}
        look={sysctlLook}
        empty="None."
      />
      <ListSection
        id="sockets"
        title="Sockets"
        node={name}
        list={pieces.sockets}
        look={socketLook}
        empty="Nobody listens, and nobody is connected."
      />
    </>
  );
}
