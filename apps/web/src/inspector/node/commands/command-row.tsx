import { type Command, type CommandName, formatArguments, type Node, type NodeName } from '@vethlab/topology';
import { Pencil, Play, RotateCw, ScrollText, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { commandStatusKey, livenessOf, useLabStore } from '../../../lab';
import { Badge, Button, IconButton } from '../../../ui';
import { act } from '../../fields/act';
import { actOnCommand, allowCommands } from './command-acts';
import { CommandForm } from './command-form';
import { CommandLogView } from './command-log';
import { commandLook, restartWords } from './command-words';

export interface CommandRowProps {
  readonly node: NodeName;
  readonly record: Node;
  readonly name: CommandName;
  readonly command: Command;
}

/** One command: how it is doing, what can be done to it, and what it prints. */
export function CommandRow({ node, record, name, command }: CommandRowProps): React.JSX.Element {
  const status = useLabStore((lab) => lab.commands[commandStatusKey({ node, name })]);
  const isWaiting = useLabStore((lab) => lab.commandsWaiting.some((one) => one.node === node && one.name === name));
  const isLive = useLabStore((lab) => livenessOf(lab) === 'live');
  const [isEdited, setEdited] = useState(false);
  const [showsLog, setShowsLog] = useState(false);
  const look = commandLook(status, isWaiting);
  const state = status?.status.state;
  const runs = state === 'running' || state === 'starting' || state === 'stopping';
  if (isEdited)
    return <CommandForm node={node} record={record} name={name} command={command} onDone={() => setEdited(false)} />;
  return (
    <li className="flex flex-col gap-1 rounded-lg border border-line px-2 py-1.5">
      <div className="flex items-center gap-1">
        <span className="truncate font-mono font-medium">{name}</span>
        <Badge tone={look.tone} className="ml-1">
          <span aria-hidden="true">{look.sign}</span> {look.word}
        </Badge>
        <span className="flex-1" />
        {runs ? (
          <>
            <IconButton size="small" label={`Stop ${name}`} onClick={() => void actOnCommand({ node, name }, 'stop')}>
              <Square />
            </IconButton>
            <IconButton
              size="small"
              label={`Restart ${name}`}
              onClick={() => void actOnCommand({ node, name }, 'restart')}
            >
              <RotateCw />
            </IconButton>
          </>
        ) : (
          <IconButton
            size="small"
            label={`Start ${name}`}
            disabled={!isLive || isWaiting}
            onClick={() => void actOnCommand({ node, name }, 'start')}
          >
            <Play />
          </IconButton>
        )}
        <IconButton
          size="small"
          label={`Log of ${name}`}
          pressed={showsLog}
          disabled={!isLive}
          onClick={() => setShowsLog(!showsLog)}
        >
          <ScrollText />
        </IconButton>
        <IconButton size="small" label={`Change ${name}`} onClick={() => setEdited(true)}>
          <Pencil />
        </IconButton>
        <IconButton
          size="small"
          label={`Remove ${name}`}
          onClick={() => void act({ type: 'remove-command', node, name })}
        >
          <Trash2 />
        </IconButton>
      </div>
      <p className="font-mono text-xs break-all">{formatArguments(command.run)}</p>
      <p className="text-xs text-muted">
        {command.vrf === undefined ? null : <>in the VRF {command.vrf} · </>}
        {command.start === 'with-lab' ? 'with the lab' : 'by hand'} · {restartWords[command.restart]}
        {look.detail === undefined ? null : (
          <span className={look.tone === 'failing' ? 'text-failing' : ''}> · {look.detail}</span>
        )}
      </p>
      {isWaiting ? (
        <div className="flex flex-wrap items-center gap-2 text-xs text-drift">
          <span className="flex-1">
            It came with a file. It runs once you agree to this line
            {command.vrf === undefined ? '' : ` in the VRF ${command.vrf}`}.
          </span>
          <Button size="small" onClick={() => void allowCommands([command])}>
            Allow it
          </Button>
        </div>
      ) : null}
      {showsLog && isLive ? <CommandLogView node={node} name={name} /> : null}
    </li>
  );
}
