import { useLabStore } from '../../lab';
import { Badge, Button } from '../../ui';
import { viewActions } from '../../view';
import { Section } from '../fields/section';

/** How many errors and warnings the document has; the list is in the dock. */
export function Problems(): React.JSX.Element {
  const diagnostics = useLabStore((lab) => lab.diagnostics);
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  const warnings = diagnostics.filter((one) => one.severity === 'warning').length;
  return (
    <Section
      title="Problems"
      action={
        diagnostics.length === 0 ? null : (
          <Button size="small" variant="quiet" onClick={() => viewActions.openDock('problems')}>
            Show
          </Button>
        )
      }
    >
      <div className="flex gap-2">
        {errors === 0 ? null : <Badge tone="failing">✕ {errors === 1 ? '1 error' : `${errors} errors`}</Badge>}
        {warnings === 0 ? null : <Badge tone="drift">△ {warnings === 1 ? '1 warning' : `${warnings} warnings`}</Badge>}
        {errors + warnings === 0 ? <span className="text-xs text-muted">None found.</span> : null}
      </div>
    </Section>
  );
}
