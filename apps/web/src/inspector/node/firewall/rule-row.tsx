import type { FirewallRule } from '@vethlab/topology';
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { Badge, IconButton } from '../../../ui';
import { ruleWords } from './rule-words';

export interface RuleRowProps {
  readonly rule: FirewallRule;
  /** Place in the list, from 1. */
  readonly number: number;
  readonly isLast: boolean;
  /** Packets that it fitted; null: it waits for its interface; undefined: not known. */
  readonly packets: number | null | undefined;
  readonly onMove: (by: -1 | 1) => void;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

const tones = { accept: 'up', drop: 'failing', reject: 'drift' } as const;
const signs = { accept: '✓', drop: '✕', reject: '↩' } as const;

/** One rule as a sentence. Alt with the arrows moves it, Enter changes it, Delete removes it. */
export function RuleRow(props: RuleRowProps): React.JSX.Element {
  const { rule, number, isLast, packets, onMove, onChange, onRemove } = props;
  const [action = '', ...rest] = ruleWords(rule).split(' · ');
  const name = `Rule ${number}: ${ruleWords(rule)}`;
  return (
    <li
      // biome-ignore lint/a11y/noNoninteractiveTabindex: rules are moved by keyboard, so a rule has to hold the focus.
      tabIndex={0}
      aria-label={name}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Enter Delete"
      className="flex items-start gap-1 rounded-md border border-line bg-surface px-2 py-1"
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        const act =
          event.altKey && event.key === 'ArrowUp' && number > 1
            ? () => onMove(-1)
            : event.altKey && event.key === 'ArrowDown' && !isLast
              ? () => onMove(1)
              : event.key === 'Enter'
                ? onChange
                : event.key === 'Delete' || event.key === 'Backspace'
                  ? onRemove
                  : null;
        if (act === null) return;
        event.preventDefault();
        event.stopPropagation();
        act();
      }}
    >
      <span className="w-4 pt-0.5 text-right text-xs text-muted tabular-nums">{number}</span>
      <div className="min-w-0 flex-1 text-xs leading-5">
        <Badge tone={tones[rule.action]}>
          <span aria-hidden="true">{signs[rule.action]}</span> {action}
        </Badge>{' '}
        <span className="break-words">{rest.join(' · ')}</span>
        <Count packets={packets} />
      </div>
      <IconButton size="small" label={`Move rule ${number} up`} disabled={number === 1} onClick={() => onMove(-1)}>
        <ArrowUp />
      </IconButton>
      <IconButton size="small" label={`Move rule ${number} down`} disabled={isLast} onClick={() => onMove(1)}>
        <ArrowDown />
      </IconButton>
      <IconButton size="small" label={`Change rule ${number}`} onClick={onChange}>
        <Pencil />
      </IconButton>
      <IconButton size="small" label={`Remove rule ${number}`} onClick={onRemove}>
        <Trash2 />
      </IconButton>
    </li>
  );
}

/** What a rule has counted, beside it. */
export function Count({ packets }: { readonly packets: number | null | undefined }): React.JSX.Element | null {
  if (packets === undefined) return null;
  if (packets === null) return <span className="text-muted"> · waits for its interface</span>;
  return (
    <span className="text-muted tabular-nums">
      {' '}
      · {packets} {packets === 1 ? 'packet' : 'packets'}
    </span>
  );
}
