/**
 * An error that a person has to act on. `code` is stable and for programs; the message says what is wrong, with which
 * value, where, and what to do.
 */
export class LitfassError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LitfassError';
    this.code = code;
  }
}

/** Says in one line what a schema found, for people: `creatives.3.durationMs: too small…`. At most three findings. */
export function describeIssues(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const lines = error.issues.slice(0, 3).map((issue) => `${issue.path.map(String).join('.') || '(top)'}: ${issue.message}`);
  return lines.join('; ') + (error.issues.length > 3 ? `; and ${String(error.issues.length - 3)} more` : '');
}
