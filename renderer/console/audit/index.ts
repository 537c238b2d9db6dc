// The pages of an auditor: find a play, check it in this browser, see what happened at a screen beside its plays, and hold what
// was booked against what was shown. What the hub says is shown as what the hub says; a verdict is only ever computed here.
export { LogsPage } from './keys/logs-page.tsx';
export { AuditPlaysPage } from './plays/audit-plays-page.tsx';
export { ReconciliationPage } from './reconciliation/reconciliation-page.tsx';
export { RecordPage } from './record/record-page.tsx';
export { TimelinePage } from './timeline/timeline-page.tsx';
