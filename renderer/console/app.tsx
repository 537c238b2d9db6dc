import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { AudiencePage } from './audience/audience-page.tsx';
import { AuditPlaysPage, LogsPage, ReconciliationPage, RecordPage, TimelinePage } from './audit/index.ts';
import { ImpressionsPage } from './impressions/impressions-page.tsx';
import { LinkState } from './live/link-state.tsx';
import { ScreenPage } from './screens/screen-page.tsx';
import { ScreensPage } from './screens/screens-page.tsx';
import { Mark } from './ui/mark.tsx';

const PAGES = [
  { path: '/', under: '/screens/', name: 'Screens' },
  { path: '/audience', under: '/audience/', name: 'Audience' },
  { path: '/impressions', under: '/impressions/', name: 'Impressions' },
  { path: '/audit', under: '/audit/', name: 'Audit' },
] as const;

export function App() {
  const [location] = useLocation();
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="bar">
        <Link href="/" className="brand" aria-label="Litfass, screens">
          <Mark />
          <span>Litfass</span>
        </Link>
        <nav aria-label="Pages">
          {PAGES.map(({ path, under, name }) => (
            <Link key={path} href={path} aria-current={location === path || location.startsWith(under) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <LinkState />
      </header>
      <main id="main" tabIndex={-1}>
        <Switch>
          <Route path="/" component={ScreensPage} />
          <Route path="/screens/:screen" component={ScreenPage} />
          <Route path="/audience" component={AudiencePage} />
          <Route path="/audience/:screen" component={AudiencePage} />
          <Route path="/impressions" component={ImpressionsPage} />
          <Route path="/audit" component={AuditPlaysPage} />
          <Route path="/audit/logs" component={LogsPage} />
          <Route path="/audit/reconciliation" component={ReconciliationPage} />
          <Route path="/audit/timeline/:screen" component={TimelinePage} />
          <Route path="/audit/:screen/:epoch/:seq" component={RecordPage} />
          <Route>
            <Redirect to="/" replace />
          </Route>
        </Switch>
      </main>
    </>
  );
}
