import { useLabStore } from '../../../lab';

/** Why this machine can hold no rules, and what would bring them; null when it can, or nobody has asked it yet. */
export function useMissingRules(): string | null {
  const lack = useLabStore((lab) => lab.features.find(({ name, available }) => name === 'nft' && !available));
  if (lack === undefined) return null;
  return [lack.reason, lack.remedy].filter((text) => text !== null).join(' ');
}

/** Said where rules are made that this machine leaves out. They stay in the lab file, for a machine that has what they need. */
export function MissingRules({ why }: { readonly why: string | null }): React.JSX.Element | null {
  if (why === null) return null;
  return (
    <p className="text-xs text-drift">
      <span aria-hidden="true">△ </span>
      {why} Rules are kept in the lab, and left out here.
    </p>
  );
}
