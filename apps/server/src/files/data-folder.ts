import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LabId } from '@vethlab/protocol';

export const labFileSuffix = '.lab.yaml';

/** The folders of one server. Labs may be edited with any editor or put in git. */
export class DataFolder {
  readonly root: string;
  readonly labs: string;
  readonly journals: string;
  readonly trash: string;
  /** What somebody agreed to run. Not among the labs: whoever puts these into git must not give it away with them. */
  readonly consent: string;
  readonly runningFile: string;
  /** Which server has the folder. */
  readonly lockFile: string;

  constructor(root: string) {
    this.root = root;
    this.labs = join(root, 'labs');
    this.journals = join(this.labs, '.journal');
    this.trash = join(root, 'trash');
    this.consent = join(root, 'consent');
    this.runningFile = join(root, 'running.json');
    this.lockFile = join(root, 'server.lock');
  }

  /** Makes what is missing. Throws the system's error when the folder cannot be written. */
  prepare(): void {
    const folders = [this.labs, this.journals, this.trash, this.consent];
    for (const folder of folders) mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const folder of [this.root, this.labs, this.journals]) accessSync(folder, constants.W_OK | constants.X_OK);
  }

  labFile(id: LabId): string {
    return join(this.labs, `${id}${labFileSuffix}`);
  }

  journalFile(id: LabId): string {
    return join(this.journals, `${id}.jsonl`);
  }

  consentFile(id: LabId): string {
    return join(this.consent, `${id}.json`);
  }

  /** What a lab in held mode was last applied as. */
  heldBaseFile(id: LabId): string {
    return join(this.journals, `${id}.applied.json`);
  }

  /** `trash/ID-TIME.lab.yaml`: a name that sorts by time and never hits another. */
  trashFile(id: LabId, now: Date): string {
    return join(this.trash, `${id}-${now.toISOString().replaceAll(':', '-')}${labFileSuffix}`);
  }
}

/** XDG base directories: `$XDG_DATA_HOME/vethlab`, else `~/.local/share/vethlab`. */
export function defaultDataFolder(env: NodeJS.ProcessEnv): string {
  return join(absolute(env.XDG_DATA_HOME) ?? join(homedir(), '.local', 'share'), 'vethlab');
}

/** `$XDG_STATE_HOME/vethlab/token`, else `~/.local/state/vethlab/token`. */
export function tokenFile(env: NodeJS.ProcessEnv): string {
  return join(absolute(env.XDG_STATE_HOME) ?? join(homedir(), '.local', 'state'), 'vethlab', 'token');
}

/** The XDG specification says that relative paths are to be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}
