import { withCommands } from '../commands/commands-of.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { type Impairment, impairmentFields, impairmentKeys } from '../model/impairment.js';
import { defaultIntervalMs } from '../model/limits.js';
import { diagnostic } from '../model/problem.js';
import type { Command, Interface, Link, Node, Topology, Vrf } from '../model/topology.js';
import { withVrfs } from '../model/vrfs.js';
import type { impairmentEntrySchema } from '../schemas/impairment-schema.js';
import type { z } from '../schemas/strict-zod.js';
import type { LabFile } from './lab-file-schema.js';

/** The document that a lab file means: every default filled in. Positions of nodes that are not there are left out, and told. */
export function normalise(file: LabFile): { readonly topology: Topology; readonly diagnostics: readonly Diagnostic[] } {
  const nodes = Object.fromEntries(
    Object.entries(file.nodes ?? {}).map(([name, entry]): [string, Node] => {
      const interfaces = Object.entries(entry.interfaces ?? {}).map(([ifname, iface]): [string, Interface] => {
        const { addresses, up, impairment: entry, ...rest } = iface ?? {};
        const impairment = impairmentOf(entry ?? {});
        const common = { addresses: addresses ?? [], up: up ?? true, ...rest };
        return [ifname, impairment === null ? common : { ...common, impairment }];
      });
      const commands = Object.entries(entry.commands ?? {}).map(([command, { start, restart, ...what }]) => {
        return [
          command,
          { ...what, start: start ?? 'with-lab', restart: restart ?? 'never' } satisfies Command,
        ] as const;
      });
      const vrfs = Object.entries(entry.vrfs ?? {}).map(([vrf, { table, interfaces: members, routes }]) => {
        return [vrf, { table, interfaces: members ?? [], routes: routes ?? [] } satisfies Vrf] as const;
      });
      const {
        interfaces: _interfaces,
        routes,
        vrfs: _vrfs,
        commands: _commands,
        nat,
        firewall,
        stp,
        hostPorts,
        publish,
        ...rest
      } = entry;
      const node: Node = {
        ...rest,
        ...(stp === true ? { stp } : {}),
        interfaces: Object.fromEntries(interfaces),
        routes: routes ?? [],
        ...(nat == null ? {} : { nat }),
        ...(firewall == null ? {} : { firewall }),
        ...unlessEmpty('hostPorts', hostPorts),
        ...unlessEmpty('publish', publish),
      };
      return [name, withCommands(withVrfs(node, vrfs), commands)];
    }),
  );
  const links = (file.links ?? []).map(({ up, ...rest }): Link => ({ up: up ?? true, ...rest }));
  const probes = (file.probes ?? []).map(({ interval, ...rest }) => ({
    ...rest,
    intervalMs: interval ?? defaultIntervalMs,
  }));
  const positions = Object.entries(file.canvas?.nodes ?? {});
  const known = positions.filter(([name]) => Object.hasOwn(nodes, name));
  const strays = positions.filter(([name]) => !Object.hasOwn(nodes, name));
  return {
    topology: { vethlab: 1, name: file.name, nodes, links, probes, canvas: { nodes: Object.fromEntries(known) } },
    diagnostics: strays.map(([name]) =>
      diagnostic(
        'canvas.node-missing',
        ['canvas', 'nodes', name],
        `There is no node ${name}; its position is not used.`,
      ),
    ),
  };
}

/** Null: an empty section, which means the same as none. */
function impairmentOf(entry: z.output<typeof impairmentEntrySchema>): Impairment | null {
  const fields = impairmentFields.flatMap((field) => {
    const value = entry[impairmentKeys[field]];
    return value === undefined ? [] : [[field, value] as const];
  });
  return fields.length === 0 ? null : Object.fromEntries(fields);
}

/** An empty list means the same as none, and a document says it in one way. */
function unlessEmpty<Key extends string, Item>(
  key: Key,
  list: readonly Item[] | null | undefined,
): { readonly [Name in Key]?: readonly Item[] } {
  return list == null || list.length === 0 ? {} : ({ [key]: list } as { readonly [Name in Key]: readonly Item[] });
}
