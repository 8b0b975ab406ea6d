import { type NamespaceHandle, NftablesSocket, RtnetlinkSocket } from '@vethlab/netlink';

/** One visit to a namespace; without one, to the machine's own. */
export function withRoutes<Result>(
  namespace: NamespaceHandle | undefined,
  visit: (socket: RtnetlinkSocket) => Result,
): Result {
  const socket = RtnetlinkSocket.open(namespace);
  try {
    return visit(socket);
  } finally {
    socket.close();
  }
}

/** One visit to the rules of the machine itself. */
export function withMachineRules<Result>(visit: (rules: NftablesSocket) => Result): Result {
  const rules = NftablesSocket.open();
  try {
    return visit(rules);
  } finally {
    rules.close();
  }
}
