import type { KernelFeature } from '@vethlab/observed';
import { type Diagnostic, diagnostic, type Node, nodeEntries, type Topology } from '@vethlab/topology';
import { needsOfNode } from './needs-of-node.js';

/** A warning on each object of the document that is left out because the kernel lacks what it needs. */
export function missingDiagnostics(topology: Topology, features: readonly KernelFeature[]): readonly Diagnostic[] {
  return nodeEntries(topology).flatMap(([name, node]) => missingInNode(name, node, features));
}

/** The same for one node. */
export function missingInNode(name: string, node: Node, features: readonly KernelFeature[]): readonly Diagnostic[] {
  return needsOfNode(node).flatMap(({ feature, path, what }) => {
    const lack = features.find((one) => one.name === feature && !one.available);
    if (lack === undefined) return [];
    const why = [lack.reason, lack.remedy].filter((text) => text !== null).join(' ');
    const detail = `${what.charAt(0).toUpperCase()}${what.slice(1)} in ${name} is left out. ${why}`;
    return [diagnostic('feature.missing', ['nodes', name, ...path], detail)];
  });
}
