import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mountTmpfs } from '@vethlab/netlink';

/**
 * Processes of the whole sandbox above which a shell can start no more: half of what the sandbox may have, so that a fork
 * bomb leaves the agent and the commands of nodes room to work. setrlimit(2): a limit once lowered stays so, also for root here.
 */
export const mostOfShells = 2048;

/** Of everything that people write into their home in the sandbox; it is memory. */
const homeBytes = 64 * 1024 * 1024;

/** Nothing of it is read by a shell but these lines, and nothing of them is left when the sandbox is gone. */
const bashrc = `# Vethlab: every interactive bash of this lab reads this, and no profile of the machine.
ulimit -u ${mostOfShells} 2>/dev/null
unset HISTFILE PROMPT_COMMAND
HISTSIZE=10000
HISTCONTROL=ignoredups
shopt -s checkwinsize
alias ls='ls --color=auto' grep='grep --color=auto' ip='ip -color=auto'
if [ "$VETHLAB_SHELL" = "$$" ] || [ -z "$VETHLAB_SHELL" ]; then
  # The shell of a terminal: its node may get another name.
  export VETHLAB_SHELL=$$
  PROMPT_COMMAND='IFS= read -r VETHLAB_NODE < "$VETHLAB_TERMINAL" 2>/dev/null'
  # Tells the page when a command begins and when the shell waits again (OSC 133, as FinalTerm's "semantic prompts").
  PS0='\\e]133;C\\a'
  VETHLAB_MARK='\\[\\e]133;A\\a\\]'
else
  # One that was started in it, perhaps by "ip netns exec NAME bash".
  VETHLAB_NODE=$(ip netns identify $$ 2>/dev/null)
  VETHLAB_NODE=\${VETHLAB_NODE:-root}
fi
PS1=$VETHLAB_MARK'\\[\\e[1;36m\\]$VETHLAB_NODE\\[\\e[0m\\]:\\[\\e[1;34m\\]\\w\\[\\e[0m\\]\\$ '
unset VETHLAB_MARK
[ -z "$PROMPT_COMMAND" ] || eval "$PROMPT_COMMAND"
`;

const shrc = `# Vethlab: for machines without bash. "ulimit -u" is -p in dash.
ulimit -p ${mostOfShells} 2>/dev/null || ulimit -u ${mostOfShells} 2>/dev/null
HISTFILE=
PS1='$VETHLAB_NODE:$PWD# '
`;

/** Where the shells of a lab find what they read and are at home. */
export interface ShellFiles {
  readonly home: string;
  readonly bashrc: string;
  readonly shrc: string;
  /** One file for each terminal, with the name that its prompt shows. */
  readonly names: string;
}

/** Makes them below `folder`. In a sandbox the home is a file system of its own, that can be full without harm. */
export function makeShellFiles(folder: string, isSandbox: boolean): ShellFiles {
  const files = {
    home: join(folder, 'home'),
    bashrc: join(folder, 'home', '.bashrc'),
    shrc: join(folder, 'shrc'),
    names: join(folder, 'names'),
  };
  mkdirSync(files.home, { recursive: true, mode: 0o700 });
  mkdirSync(files.names, { recursive: true, mode: 0o700 });
  if (isSandbox) mountTmpfs(files.home, { mode: 0o700, sizeBytes: homeBytes, executable: true });
  writeFileSync(files.bashrc, bashrc);
  writeFileSync(files.shrc, shrc);
  return files;
}
