import type { ReactNode } from 'react';

/** A message in place of content, or above it: what is the case, and what to do. */
export function Notice({ tone, title, children }: { tone: 'plain' | 'bad'; title: string; children?: ReactNode }) {
  return (
    <section className={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
