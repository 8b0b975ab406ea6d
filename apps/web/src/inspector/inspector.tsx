import { probeKey } from '@vethlab/topology';
import { GhostInspector } from '../drift';
import { useLabStore } from '../lab';
import { useViewStore } from '../view';
import { LabInspector } from './lab/lab-inspector';
import { LinkInspector } from './link/link-inspector';
import { ProbeInspector } from './link/probe-inspector';
import { ManyInspector } from './many-inspector';
import { NodeInspector } from './node/node-inspector';

/** What is selected, to be read and changed; with nothing selected, the lab itself. */
export function Inspector(): React.JSX.Element {
  return (
    <div data-inspector className="flex h-full min-h-0 flex-col">
      <Selected />
    </div>
  );
}

function Selected(): React.JSX.Element | null {
  const selection = useViewStore((view) => view.selection);
  const topology = useLabStore((lab) => lab.topology);
  // The lab is on its way; the header says so.
  if (topology === null) return null;
  // What was deleted elsewhere may still be selected for a moment.
  const nodes = selection.nodes.filter((name) => Object.hasOwn(topology.nodes, name));
  const links = topology.links.filter((link) => selection.links.includes(`${link.endpoints[0]}--${link.endpoints[1]}`));
  const probes = topology.probes.filter((probe) => selection.probes.includes(probeKey(probe)));
  const count = nodes.length + links.length + probes.length;
  const ghost = selection.ghosts[0];
  if (count === 0 && ghost !== undefined) return <GhostInspector key={ghost} id={ghost} />;
  if (count === 0) return <LabInspector topology={topology} />;
  if (count > 1) return <ManyInspector nodes={nodes.length} links={links.length} probes={probes.length} />;
  const [name, link, probe] = [nodes[0], links[0], probes[0]];
  if (name !== undefined) return <NodeInspector key={name} name={name} topology={topology} />;
  if (link !== undefined) return <LinkInspector key={link.endpoints.join(' ')} link={link} topology={topology} />;
  if (probe !== undefined) return <ProbeInspector key={`${probe.from} ${probe.to}`} probe={probe} />;
  return null;
}
