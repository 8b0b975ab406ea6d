import type { LabId } from '@vethlab/protocol';
import type { Topology } from '@vethlab/topology';
import type { Logger } from 'pino';
import type { AgentStarter } from '../agents/agent-starter.js';
import type { ConsentRecord } from '../consent/consent-record.js';
import type { HeldBase } from '../files/held-base.js';
import type { LabFile } from './lab-file.js';

/** What a lab needs from outside. `onRunChanged` is called when it is started, stopped or put into another mode. */
export interface LabOptions {
  readonly id: LabId;
  readonly topology: Topology;
  readonly revision: number;
  readonly file: LabFile;
  readonly heldBase: HeldBase;
  readonly consent: ConsentRecord;
  readonly startAgent: AgentStarter;
  readonly log: Logger;
  readonly onRunChanged: () => void;
}
