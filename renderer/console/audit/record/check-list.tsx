import type { Check } from '../verify/index.ts';

const OUTCOME_WORDS: Readonly<Record<Check['outcome'], string>> = { pass: 'PASS', fail: 'FAIL', absent: 'NOT SIGNED', blocked: 'NOT CHECKED' };

/** What was checked, in the order in which one check stands on the other. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <ol className="checks">
      {checks.map((check, index) => (
        <li key={index} className={`check check-${check.outcome}`}>
          <p className="check-title">
            <b>{check.title}</b>
            <span className="check-outcome">{OUTCOME_WORDS[check.outcome]}</span>
          </p>
          <p className="check-finding">{check.finding}</p>
        </li>
      ))}
    </ol>
  );
}
