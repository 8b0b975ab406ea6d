import type { FeatureName, KernelFeature } from '@vethlab/observed';

export interface MissingNoteProps {
  readonly features: readonly KernelFeature[];
  readonly names: readonly FeatureName[];
}

/** Why something is greyed out here, and what would bring it. */
export function MissingNote({ features, names }: MissingNoteProps): React.JSX.Element | null {
  const lacks = features.filter(({ name, available }) => !available && names.includes(name));
  if (lacks.length === 0) return null;
  return (
    <div className="flex flex-col gap-1 rounded-md bg-sunken p-2 text-xs text-muted" role="note">
      {lacks.map(({ name, reason, remedy }) => (
        <p key={name}>
          <span aria-hidden="true">⊘ </span>
          {reason} {remedy}
        </p>
      ))}
    </div>
  );
}
