import type { HostNamespace, HostReply } from '@vethlab/protocol';
import { serializeLabFile } from '@vethlab/topology';
import { exitCodes } from '../exit-codes.js';
import { onHost } from '../host/on-host.js';
import { printable } from '../output/printable.js';

type ObservedInterface = HostReply['observed']['namespaces'][string]['interfaces'][string];

/**
 * `vethlab discover`: the namespaces of this machine, with their interfaces and where their pairs lead. With
 * `lab`, the same as a lab file, for the canvas or for a sandbox. Changes nothing. @returns 0
 */
export async function discover({ json, lab }: { readonly json: boolean; readonly lab: boolean }): Promise<number> {
  const reply = (await onHost(['discover'])) as HostReply;
  if (lab) process.stdout.write(serializeLabFile(reply.topology));
  else if (json) process.stdout.write(`${JSON.stringify({ vethlab: 1, ...reply })}\n`);
  else {
    for (const line of reply.namespaces.flatMap((one) => linesOf(one, reply)))
      process.stdout.write(`${printable(line)}\n`);
    for (const note of reply.notes) process.stderr.write(`warning: ${printable(note)}\n`);
  }
  return exitCodes.ok;
}

function linesOf(namespace: HostNamespace, { observed }: HostReply): string[] {
  const { label, container, processes } = namespace;
  const whose = namespace.lab === null ? '' : ` · of the lab ${namespace.lab}`;
  const engine = container === null ? '' : ` · container ${container}`;
  const other = namespace.names.slice(1).map((name) => ` · also ${name}`);
  const head = `${nameOf(label)}${other.join('')}${whose}${engine} · ${processes} ${processes === 1 ? 'process' : 'processes'}`;
  const seen = Object.hasOwn(observed.namespaces, label) ? observed.namespaces[label] : undefined;
  const lines = Object.values(seen?.interfaces ?? {}).filter(({ type }) => type !== 'loopback');
  return [head, ...lines.map(lineOf)];
}

function lineOf({ ifname, type, up, peer, master, addresses }: ObservedInterface): string {
  const parts = [
    `  ${ifname}`,
    type,
    up ? 'up' : 'down',
    ...(peer === null ? [] : [`to ${nameOf(peer.namespace)}:${peer.ifname}`]),
    ...(master === null ? [] : [`port of ${master}`]),
    ...addresses.filter(({ kernelMade }) => !kernelMade).map(({ address }) => address),
  ];
  return parts.join(' · ');
}

function nameOf(label: string): string {
  return label === '' ? 'this machine' : label;
}
