import { create } from 'zustand';

/** Sections of the page; each reads one or two of the sections of the agent. */
export const sectionIds = [
  'interfaces',
  'addresses',
  'routes',
  'rules',
  'neighbours',
  'fdb',
  'firewall',
  'connections',
  'sysctls',
  'sockets',
] as const;
export type SectionId = (typeof sectionIds)[number];

interface LiveView {
  /** Only what is open is read. */
  readonly open: ReadonlySet<SectionId>;
  readonly filter: string;
}

/** What one looks at stays the same from node to node. */
export const useLiveView = create<LiveView>(() => ({
  open: new Set<SectionId>(['interfaces', 'addresses', 'routes', 'neighbours', 'fdb']),
  filter: '',
}));

export function toggleSection(id: SectionId): void {
  useLiveView.setState(({ open }) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    return { open: next };
  });
}

export function setLiveFilter(filter: string): void {
  useLiveView.setState({ filter });
}
