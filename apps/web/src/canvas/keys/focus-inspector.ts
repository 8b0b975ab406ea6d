import { viewActions } from '../../view';

/** Goes to the first field of the inspector, opening it when it is closed. */
export function focusInspector(): void {
  const before = document.activeElement;
  viewActions.setInspector({ open: true });
  // The inspector shows the new selection after the next two frames: one for the store, one for React.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      // A quick person is elsewhere already: in the palette, in a dialog.
      const now = document.activeElement;
      if (now !== before && now !== document.body) return;
      const inspector = document.querySelector('[data-inspector]');
      const field =
        inspector?.querySelector<HTMLElement>('input:not([disabled])') ?? inspector?.querySelector('button');
      field?.focus();
      if (field instanceof HTMLInputElement) field.select();
    }),
  );
}
