import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

const PAGES = [
  { path: '/audit', name: 'Plays' },
  { path: '/audit/logs', name: 'Logs and keys' },
  { path: '/audit/reconciliation', name: 'Reconciliation' },
] as const;

/** Title of an audit page, and the way to the others. */
export function AuditHead({ title, children }: { title: string; children?: ReactNode }) {
  const [location] = useLocation();
  return (
    <>
      <div className="page-head audit-head">
        <h1>{title}</h1>
        <p className="quiet">{children}</p>
      </div>
      <nav className="tabs" aria-label="Audit">
        {PAGES.map(({ path, name }) => (
          <Link key={path} href={path} aria-current={location === path ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
    </>
  );
}
