interface OfInterface {
  readonly ifindex: number;
}

/** What the kernel tells once of an interface. */
export function byIndex<Message extends OfInterface>(messages: readonly Message[]): ReadonlyMap<number, Message> {
  return new Map(messages.map((message) => [message.ifindex, message]));
}

/** What it tells several times of one, in its order. */
export function listsByIndex<Message extends OfInterface>(
  messages: readonly Message[],
): ReadonlyMap<number, readonly Message[]> {
  const lists = new Map<number, Message[]>();
  for (const message of messages) {
    const list = lists.get(message.ifindex);
    if (list === undefined) lists.set(message.ifindex, [message]);
    else list.push(message);
  }
  return lists;
}
