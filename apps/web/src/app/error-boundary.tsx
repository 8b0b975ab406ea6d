import { Component, type ReactNode } from 'react';
import { Button } from '../ui';

interface Props {
  readonly children: ReactNode;
}

/** A mistake in the drawing of the page never takes the lab along: it says so and offers to draw again. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main role="alert" className="mx-auto flex h-full max-w-lg flex-col justify-center gap-3 p-6">
        <h1 className="text-sm font-semibold">This page could not be drawn.</h1>
        <p>
          It is a mistake in Vethlab, not in your lab; the lab itself goes on running and is saved. The words of the
          mistake: <code className="font-mono text-xs">{error.message}</code>
        </p>
        <div className="flex gap-2">
          <Button variant="primary" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
          <Button onClick={() => window.location.assign('/')}>All labs</Button>
        </div>
      </main>
    );
  }
}
