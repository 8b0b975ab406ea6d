import { commandsOf, iptablesOf, type Operation, planLab, wholeNodes } from '@vethlab/planner';
import type { NodeName, Topology } from '@vethlab/topology';

/**
 * The lines that make one node from nothing, in the order of the plan: its namespace, its interfaces, and the namespaces
 * that its links lead to, since a veth pair is made with both ends in place. What lies beyond them is left out.
 */
export function commandsOfNode(topology: Topology, name: NodeName): readonly string[] {
  return operationsOf(topology, name).flatMap(commandsOf);
}

/** For those who know iptables better than nft: the lines that mean the same as the rules of the node. */
export function iptablesOfNode(topology: Topology, name: NodeName): readonly string[] {
  return operationsOf(topology, name).flatMap(iptablesOf);
}

function operationsOf(topology: Topology, name: NodeName): readonly Operation[] {
  const { steps } = planLab({
    topology,
    previous: null,
    observed: { namespaces: {} },
    unmanaged: 'keep',
    scope: wholeNodes([name]),
  });
  const operations = steps.map((step) => step.operation);
  const neighbours = new Set<string>([name]);
  for (const operation of operations) {
    if (operation.op === 'add-veth' && touches(operation, name)) {
      for (const end of operation.ends) neighbours.add(end.namespace);
    }
  }
  return operations.filter(
    (one) => touches(one, name) || (one.op === 'add-namespace' && neighbours.has(one.namespace)),
  );
}

function touches(operation: Operation, name: NodeName): boolean {
  if (operation.op === 'add-veth') return operation.ends.some((end) => end.namespace === name);
  return operation.namespace === name;
}
