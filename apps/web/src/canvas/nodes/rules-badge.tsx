import { BrickWall } from 'lucide-react';

/** A node with a firewall or NAT: a wall, with what it is for those who ask. */
export function RulesBadge({ text }: { readonly text: string | null }): React.JSX.Element | null {
  if (text === null) return null;
  return (
    <span className="vl-rules-badge" role="img" aria-label={text} title={text}>
      <BrickWall size={12} strokeWidth={1.8} aria-hidden="true" />
    </span>
  );
}
