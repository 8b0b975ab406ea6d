import { useMissing } from '../../fields/use-missing';

/** Why this machine can hold no rules, and what would bring them; null when it can, or nobody has asked it yet. */
export const useMissingRules = (): string | null => useMissing('nft');

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
