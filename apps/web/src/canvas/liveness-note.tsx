import { type Liveness, livenessOf, useLabStore } from '../lab';

const words: Readonly<Record<Exclude<Liveness, 'live'>, { readonly shape: string; readonly text: string }>> = {
  idle: { shape: '□', text: 'Not running: there is nothing in the kernel to show' },
  unknown: { shape: '◌', text: 'State not known: this is how it was' },
};

/** Says that what is drawn is not the state of now, for as long as it is not. */
export function LivenessNote(): React.JSX.Element | null {
  const liveness = useLabStore(livenessOf);
  const isEmpty = useLabStore((lab) => lab.topology === null || Object.keys(lab.topology.nodes).length === 0);
  if (liveness === 'live' || isEmpty) return null;
  const { shape, text } = words[liveness];
  return (
    <p
      role="status"
      className="flex items-center gap-1.5 rounded-full border border-line bg-surface px-3 py-1 text-xs text-muted"
    >
      <span aria-hidden="true">{shape}</span>
      {text}
    </p>
  );
}
