import type { NodeKind } from '@vethlab/topology';
import { Globe, type LucideIcon, Monitor, Network, Router } from 'lucide-react';

/** One icon for each kind, everywhere. */
export const kindIcons: Readonly<Record<NodeKind, LucideIcon>> = {
  host: Monitor,
  router: Router,
  switch: Network,
  internet: Globe,
};
