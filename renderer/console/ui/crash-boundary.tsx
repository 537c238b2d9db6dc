import { Component, type ReactNode } from 'react';
import { Notice } from './notice.tsx';

/** The last wall: a fault in a page is said, instead of leaving it white. React offers this to classes only. */
export class CrashBoundary extends Component<{ children: ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error): { fault: Error } {
    return { fault };
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children;
    return (
      <main>
        <Notice tone="bad" title="This page broke">
          <p>{this.state.fault.message}</p>
          <p>Screens are not affected: they play on by themselves.</p>
          <button className="button" type="button" onClick={() => window.location.reload()}>
            Load the page again
          </button>
        </Notice>
      </main>
    );
  }
}
