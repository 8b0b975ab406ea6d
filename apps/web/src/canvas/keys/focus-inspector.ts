import { viewActions } from '../../view';

/** Goes to the first field of the inspector, opening it when it is closed. */
export function focusInspector(): void {
  viewActions.setInspector({ open: true });
  // The inspector shows the new selection after the next two frames: one for the store, one for React.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const field = document.querySelector<HTMLElement>(
        '[data-inspector] input:not([disabled]), [data-inspector] button',
      );
      field?.focus();
      if (field instanceof HTMLInputElement) field.select();
    }),
  );
}
