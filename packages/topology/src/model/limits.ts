/** Nodes of one lab (trust.md): what one sandbox and one drawing can hold. */
export const maximumNodes = 5_000;
/** Links of one lab: four per node at the most of nodes. */
export const maximumLinks = 20_000;
/** Probes of one lab: each sends at least one packet an hour for as long as the lab runs. */
export const maximumProbes = 5_000;
/** Addresses of one interface: beyond any lesson, small enough to draw and to check. */
export const maximumAddresses = 64;
/** Interfaces of one node: a bridge of Linux has at most 1,023 ports (BR_MAX_PORTS); a router may have a few more. */
export const maximumInterfaces = 4_096;
/** Routes of one node: a router of the largest lab knows every subnet once. */
export const maximumRoutes = 5_000;
/** Rules of one chain of a firewall: a transaction with three such chains still fits into one message to the kernel. */
export const maximumRules = 200;
/** Entries of each kind of address translation of one node. */
export const maximumNatEntries = 100;
/** Ports are 16 bits (RFC 9293, RFC 768); 0 is no port. */
export const maximumPort = 65_535;
/** VRFs of one node: a customer each. */
export const maximumVrfs = 256;
/** Members of one bond: what the kernel's own documentation speaks of, with room. */
export const maximumBondMembers = 32;
/** 24 bits (RFC 7348). */
export const maximumVxlanId = 16_777_215;
/** Keys of GRE tunnels (RFC 2890) and numbers of routing tables have 32 bits. */
export const maximumGreKey = 4_294_967_295;
export const maximumTable = 4_294_967_295;
/** Hops that a packet may make. */
export const maximumTtl = 255;
/** Tables that the kernel uses itself: unspec, default, main and local (linux/rtnetlink.h). */
export const reservedTables: readonly number[] = [0, 253, 254, 255];
/** Where proposals of tables for VRFs begin. */
export const firstVrfTable = 100;
/** Commands of one node: a server or two, and some clients. */
export const maximumCommands = 32;
/** Commands of one lab: each may be a process, and a sandbox has a limited number of them. */
export const maximumLabCommands = 1_000;
/** Ports that one internet node opens, and that one node publishes: a demo needs a few. */
export const maximumPorts = 64;
/** Arguments of one command, the program counted. */
export const maximumArguments = 64;
/** Bytes of one argument, as UTF-8: a page of memory. */
export const maximumArgumentBytes = 4_096;
/** Edits in one batch, nested ones counted: enough to address the largest lab in one step. */
export const maximumBatchEdits = 20_000;
/** How deep batches may be nested. */
export const maximumBatchDepth = 4;
/** Characters of a label or lab name. */
export const maximumTextLength = 100;
/** Characters of a node name. */
export const maximumNodeNameLength = 32;
/** Characters of the name of a command. */
export const maximumCommandNameLength = 32;
/** Bytes of an interface name: IFNAMSIZ − 1 (linux/if.h). */
export const maximumIfnameLength = 15;
/** Bytes of a lab file: as many nodes as there may be, with addresses of both families, take 1.7 MB. */
export const maximumFileBytes = 2 * 1024 * 1024;
/** Farthest coordinate on the canvas, in pixels at zoom 1. */
export const maximumCoordinate = 1_000_000;
/** Smallest MTU of IPv4 (RFC 791), and the least that the kernel takes for a veth. */
export const minimumMtu = 68;
/** Largest MTU of a veth: the largest IP packet. */
export const maximumMtu = 65_535;
/** Smallest MTU of IPv6 (RFC 8200, section 5). Below it the kernel deletes a link's IPv6 addresses for good. */
export const minimumMtuIpv6 = 1_280;
/** Shortest interval of a probe: ten packets a second show a fault quickly and cost nothing. */
export const minimumIntervalMs = 100;
export const maximumIntervalMs = 3_600_000;
export const defaultIntervalMs = 1_000;
/** Longer than any way of packets takes; a minute is the longest that a person would wait. */
export const maximumDelayMs = 60_000;
/** Below it a full packet takes twelve seconds. */
export const minimumRateBitsPerSecond = 1_000;
export const maximumRateBitsPerSecond = 100_000_000_000;
/** Packets in a queue: at 1,500 bytes each, more than any machine would want to hold. */
export const maximumLimitPackets = 1_000_000;
/** VLAN ids are 12 bits; 0 and 4095 are reserved (IEEE 802.1Q). */
export const maximumVlan = 4_094;
/** VLANs of one trunk. */
export const maximumTrunkVlans = 256;
/** Routes carry an unsigned 32-bit metric (RTA_PRIORITY). */
export const maximumMetric = 4_294_967_295;
