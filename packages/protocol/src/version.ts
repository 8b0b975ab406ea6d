/** Version of the messages. A browser tab from before an update is told to reload. */
export const protocolVersion = 1;
