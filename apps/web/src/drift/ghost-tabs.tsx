import { type ReactNode, useState } from 'react';
import { LiveNode } from '../inspector/live/live-node';
import { Tabs } from '../ui';

type Tab = 'about' | 'live';

// As with nodes: the tab stays the same while one looks from one to the next.
let lastTab: Tab = 'about';

export interface GhostTabsProps {
  readonly namespace: string;
  readonly label: string;
  /** What it is, and what can be done about it. */
  readonly children: ReactNode;
}

/** A namespace that is not in the document: what it is, and what the kernel says of it, live. */
export function GhostTabs({ namespace, label, children }: GhostTabsProps): React.JSX.Element {
  const [tab, setTab] = useState<Tab>(lastTab);
  return (
    <div className="min-h-0 flex-1">
      <Tabs<Tab>
        label={label}
        value={tab}
        onValueChange={(next) => {
          lastTab = next;
          setTab(next);
        }}
        items={[
          { value: 'about', label: 'About', content: children },
          { value: 'live', label: 'Live', content: <LiveNode name={namespace} /> },
        ]}
      />
    </div>
  );
}
