export type { Connection, Tuple } from './conntrack/connection.js';
export { connections } from './conntrack/connections.js';
export { NetlinkError, type NetlinkErrorDetails } from './errors/netlink-error.js';
export type { EventBody, EventType } from './events/event.js';
export { DEFAULT_GROUPS, type EventGroup } from './events/groups.js';
export { EventMonitor, type KernelEvent, type MonitorOptions } from './events/monitor.js';
export { type EchoRequest, type EchoSent, EchoSocket } from './icmp/echo-socket.js';
export type {
  EchoEvent,
  EchoReply,
  EchoTimeExceeded,
  EchoTooBig,
  EchoUnreachable,
  UnreachableReason,
} from './icmp/event.js';
export type { IdentifierRange } from './icmp/filter.js';
export { type ReceiveTime, roundTripMs, type SendTime } from './icmp/time.js';
export { type FolderEvents, Inotify } from './inotify/inotify.js';
export { closeFilesOnExec } from './libc/close-on-exec.js';
export { exitNow } from './libc/exit-now.js';
export { limitMemory } from './libc/limit-memory.js';
export { reserveFiles } from './libc/reserve-files.js';
export {
  bindMount,
  makePrivate,
  makeShared,
  mountSysfs,
  mountTmpfs,
  type TmpfsOptions,
  unmount,
} from './mounts/mounts.js';
export { createNamespace, inNewNamespace } from './namespaces/create.js';
export { deleteNamespace } from './namespaces/delete.js';
export { prepareNamespaceDirectory } from './namespaces/directory.js';
export { inNamespace } from './namespaces/enter.js';
export { currentNamespace, type NamespaceHandle, openNamespacePath } from './namespaces/handle.js';
export { listNamespaces, type NamedNamespace, namespacesNamed } from './namespaces/list.js';
export { openNamespace } from './namespaces/open.js';
export { renameNamespace } from './namespaces/rename.js';
export { refusalOfTable } from './netfilter/try-table.js';
export { NftablesMonitor, type NftablesMonitorOptions } from './nftables/monitor.js';
export type * from './nftables/rule.js';
export { NftablesSocket } from './nftables/socket.js';
export { Poller } from './poller/poller.js';
export type { AddressMessage, AddressScope } from './rtnetlink/codec/address.js';
export type { BondMode, DeviceSettings, MacvlanMode } from './rtnetlink/codec/device.js';
export type { FdbMessage } from './rtnetlink/codec/fdb.js';
export type { Family } from './rtnetlink/codec/ip-address.js';
export type { LinkMessage, Operstate, PortState } from './rtnetlink/codec/link.js';
export type { NeighbourMessage, NeighbourState } from './rtnetlink/codec/neighbour.js';
export type { NetconfMessage } from './rtnetlink/codec/netconf.js';
export type { PortVlanInfo, PortVlansMessage } from './rtnetlink/codec/port-vlans.js';
export type { NetemSettings, QdiscMessage, TbfSettings } from './rtnetlink/codec/qdisc.js';
export type { Nexthop, RouteMessage, RouteType } from './rtnetlink/codec/route.js';
export type { NumberRange, RuleAction, RuleMessage } from './rtnetlink/codec/rule.js';
export type { InterfaceStatistics } from './rtnetlink/codec/statistics.js';
export type { AddressQuery } from './rtnetlink/queries/addresses.js';
export type { InterfaceCounters } from './rtnetlink/queries/counters.js';
export type { FdbQuery } from './rtnetlink/queries/fdb.js';
export type { LinkQuery } from './rtnetlink/queries/links.js';
export type { NeighbourQuery } from './rtnetlink/queries/neighbours.js';
export type { ForwardingSettings } from './rtnetlink/queries/netconf.js';
export type { QdiscQuery } from './rtnetlink/queries/qdiscs.js';
export type { RouteQuery } from './rtnetlink/queries/routes.js';
export type { RuleQuery } from './rtnetlink/queries/rules.js';
export type { Answer, Request } from './rtnetlink/request.js';
export { type AddressSpec, deleteAddress, newAddress } from './rtnetlink/requests/address.js';
export {
  addPortVlans,
  type BridgeChange,
  deletePortVlans,
  type PortVlanSpec,
  setBridge,
} from './rtnetlink/requests/bridge.js';
export { type DeviceOptions, type DeviceSpec, newDevice, setDevice } from './rtnetlink/requests/device.js';
export { newLinkOfKind, newQdiscOfKind } from './rtnetlink/requests/kind.js';
export {
  type BridgeOptions,
  deleteLink,
  type LinkChange,
  type LinkSelector,
  newBridge,
  newVeth,
  setLink,
  type VethEnd,
} from './rtnetlink/requests/link.js';
export { deleteNeighbour } from './rtnetlink/requests/neighbour.js';
export { newNsid } from './rtnetlink/requests/nsid.js';
export {
  deleteRootQdisc,
  emulateNetwork,
  limitRate,
  type NetworkEmulation,
  type RateLimit,
} from './rtnetlink/requests/qdisc.js';
export { deleteRoute, newRoute, type RouteSpec, replaceRoute } from './rtnetlink/requests/route.js';
export { deleteRule, newRule, type RuleSpec } from './rtnetlink/requests/rule.js';
export { RtnetlinkSocket } from './rtnetlink/socket.js';
export { answerWithBoundSockets, askForSockets, tryBoundSocket } from './seccomp/bound-sockets.js';
export { pretendIdentityChanges } from './seccomp/pretend-identity.js';
export { readSysctl, writeSysctl, writeSysctls } from './sysctl/sysctl.js';
export { type WatchedSysctls, watchSysctls } from './sysctl/watch-sysctls.js';
export { connectIn } from './tcp/connect.js';
