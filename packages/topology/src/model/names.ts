/**
 * Text that has passed a strict parser. A branded value is made in one place only (`parse…` in this folder),
 * so a name or address that reaches the planner or the kernel was checked to the last byte.
 */
declare const brand: unique symbol;
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Name of a node and of its namespace: `[A-Za-z0-9][A-Za-z0-9_.-]*`, at most 32 characters. */
export type NodeName = Branded<'NodeName'>;

/** Name of an interface inside a node: the same alphabet, at most 15 bytes (IFNAMSIZ − 1, linux/if.h). */
export type Ifname = Branded<'Ifname'>;

/** Name of a VRF inside a node. It is the name of an interface too: that of its device in the kernel. */
export type VrfName = Ifname;

/** Name of a command in its node: the alphabet of node names, at most 32 characters. */
export type CommandName = Branded<'CommandName'>;

/** IP address with prefix length, in canonical text: `192.168.1.1/24`, `2001:db8::1/64`. */
export type Cidr = Branded<'Cidr'>;

/** IP address without prefix length, in canonical text. */
export type IpAddress = Branded<'IpAddress'>;

/** An address without prefix length, or a network without bits behind its prefix: what a rule matches. Canonical text. */
export type Network = Branded<'Network'>;

/** Name of an interface in a rule: one of the node's, or the loopback. */
export type RuleIfname = Ifname | 'lo';

/** Link-layer address, lower case, colons: `02:00:00:00:00:01`. Never multicast. */
export type Mac = Branded<'Mac'>;

/** One end of a link as text: `node:interface`. */
export type EndpointText = `${string}:${string}`;
