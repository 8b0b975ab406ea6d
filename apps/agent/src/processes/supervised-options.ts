import type { Command } from '@vethlab/topology';
import type { OutputGate } from './output-gate.js';
import type { SupervisedCommand } from './supervised-command.js';

/** A namespace as a command needs it. The inode stays when it is renamed. */
export interface Home {
  readonly inode: number;
  /** Runs a function with this thread inside. */
  readonly enter: <Result>(visit: () => Result) => Result;
}

export interface SupervisedOptions {
  readonly gate: OutputGate;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly isAllowed: (command: Command) => boolean;
  /** The namespace of a node; null when it is not in the kernel. */
  readonly homeOf: (node: string) => Home | null;
  /** Starts are spread over turns of the event loop: a lab may have a thousand. */
  readonly inTurn: (start: () => Promise<void>) => void;
  readonly onChanged: (command: SupervisedCommand) => void;
}
