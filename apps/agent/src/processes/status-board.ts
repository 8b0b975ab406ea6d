import type { CommandNews, CommandRef, CommandStatus } from '@vethlab/protocol';

/** What commands do is told this often at most: one that ends at once and is started again must not flood anybody. */
const tellEveryMs = 50;

/** Something with a status, whose names in it may change. */
export interface Reported {
  readonly status: CommandStatus;
}

/** Tells what commands do, the changed ones only, and under which names they are no more. */
export class StatusBoard {
  readonly #send: (news: CommandNews) => void;
  readonly #changed = new Set<Reported>();
  /** The names under which each was told last. */
  readonly #told = new Map<Reported, CommandRef>();
  readonly #gone = new Map<string, CommandRef>();
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (news: CommandNews) => void) {
    this.#send = send;
  }

  tellSoon(command: Reported): void {
    this.#changed.add(command);
    this.#startTimer();
  }

  /** It is no more. */
  forget(command: Reported): void {
    const told = this.#told.get(command);
    this.#told.delete(command);
    this.#changed.delete(command);
    if (told === undefined) return;
    this.#gone.set(keyOf(told), told);
    this.#startTimer();
  }

  #startTimer(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#tell();
    }, tellEveryMs);
  }

  #tell(): void {
    const statuses = [...this.#changed].map((command) => {
      const { status } = command;
      const told = this.#told.get(command);
      if (told !== undefined && keyOf(told) !== keyOf(status)) this.#gone.set(keyOf(told), told);
      this.#told.set(command, { node: status.node, name: status.name });
      return status;
    });
    this.#changed.clear();
    // Another one has the name already.
    for (const ref of this.#told.values()) this.#gone.delete(keyOf(ref));
    const gone = [...this.#gone.values()];
    this.#gone.clear();
    this.#send({ type: 'commands', statuses, gone });
  }
}

/** Neither name can have a colon. */
function keyOf({ node, name }: CommandRef): string {
  return `${node}:${name}`;
}
