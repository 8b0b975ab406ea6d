import { emptyObserved } from '@vethlab/observed';
import type { Topology } from '@vethlab/topology';
import { desiredNamespace } from '../desired/desired-of.js';
import type { Operation, Plan } from '../plan.js';
import { planLab } from '../plan-lab.js';
import { strictCommandsOf } from './commands.js';

export interface ScriptOptions {
  /** Name of the lab for the header; of a topology, its own name is taken. */
  readonly labName?: string;
}

/**
 * A stand-alone POSIX shell script. Of a topology: it builds the lab where nothing of it is there yet. Of a plan: it
 * carries out the plan. Throws UnsafeOperandError when a name cannot be written safely (never for a valid document).
 *
 * A script cannot look first. So, other than a plan, the script of a topology also says that hosts and switches do not
 * forward: a new namespace may copy forwarding from the machine (`net.core.devconf_inherit_init_net`).
 */
export function scriptOf(source: Plan | Topology, options: ScriptOptions = {}): string {
  const isPlan = 'steps' in source;
  const operations = isPlan ? source.steps.map((step) => step.operation) : operationsFromNothing(source);
  const labName = options.labName ?? (isPlan ? null : source.name);
  const lines = [...header(labName), ...body(operations)];
  return `${lines.join('\n')}\n`;
}

function operationsFromNothing(topology: Topology): Operation[] {
  const plan = planLab({ topology, previous: null, observed: emptyObserved, unmanaged: 'keep' });
  const told = new Set<string>();
  const operations = plan.steps.flatMap(({ operation }): Operation[] => {
    if (blockOf(operation) === operation.op || !('namespace' in operation) || told.has(operation.namespace))
      return [operation];
    told.add(operation.namespace);
    const off = forwardingOff(topology, operation.namespace);
    const isLoopback = operation.op === 'set-interface' && operation.ifname === 'lo';
    return isLoopback ? [operation, ...off] : [...off, operation];
  });
  const untold = Object.keys(topology.nodes).filter((name) => !told.has(name));
  return [...operations, ...untold.flatMap((name) => forwardingOff(topology, name))];
}

/** What a namespace does not forward, said aloud. */
function forwardingOff(topology: Topology, name: string): Operation[] {
  const desired = desiredNamespace(topology, name);
  if (desired === null) return [];
  const off = { op: 'set-forwarding', namespace: desired.name, enabled: false } as const;
  return [
    ...(desired.forwarding.ipv4 ? [] : [{ ...off, family: 4 } as const]),
    ...(desired.forwarding.ipv6 ? [] : [{ ...off, family: 6 } as const]),
  ];
}

function header(labName: string | null): string[] {
  return [
    '#!/bin/sh',
    ...(labName === null ? [] : [`# Lab: ${commentText(labName)}`]),
    '# Made by Vethlab. Needs iproute2, and root or a sandbox of your own, which a shell in these two lines gives:',
    '#   unshare --user --map-root-user --net --mount --pid --fork --kill-child --mount-proc',
    '#   mount -t tmpfs tmpfs /run && mkdir /run/netns',
    'set -eu',
    // sysctl, nft and tc are where an ordinary login does not look.
    'PATH=$PATH:/usr/sbin:/sbin',
  ];
}

/** Free text as the rest of a comment line: nothing that a terminal or a shell could take for an end of the line. */
function commentText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim();
}

/** A blank line between what belongs together: pairs of namespaces and cables, then one block per namespace. */
function body(operations: readonly Operation[]): string[] {
  const lines: string[] = [];
  let last = '';
  for (const operation of operations) {
    const block = blockOf(operation);
    if (block !== last) lines.push('');
    last = block;
    lines.push(...strictCommandsOf(operation));
  }
  return lines;
}

function blockOf(operation: Operation): string {
  switch (operation.op) {
    case 'add-namespace':
    case 'rename-namespace':
    case 'remove-namespace':
    case 'add-veth':
    case 'remove-interface':
      return operation.op;
    default:
      return `in ${operation.namespace}`;
  }
}
