import { LitfassError, type Problem } from '../contract/index.ts';

/** The hub answered, and said no. Codes beside it: `hub-offline` (no answer) and `hub-answer` (an answer that makes no sense). */
export class HubRefusal extends LitfassError {
  readonly status: number;
  /** The hub's own words, if it gave any. */
  readonly problem: Problem | null;
  /** How long the hub asks to be left alone, ms. */
  readonly retryAfterMs: number;

  constructor(request: string, status: number, problem: Problem | null, retryAfterMs: number) {
    super('hub-refused', `The hub refused ${request} (${status}${problem ? ` ${problem.code}` : ''}): ${problem?.message ?? 'it gave no reason. Look into its log.'}`);
    this.name = 'HubRefusal';
    this.status = status;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

export function hubOffline(hubUrl: string, why: string, cause?: unknown): LitfassError {
  return new LitfassError('hub-offline', `The hub at ${hubUrl} cannot be reached: ${why}. The screen plays on and tries again by itself.`, { cause });
}

export function badHubAnswer(request: string, what: string): LitfassError {
  return new LitfassError('hub-answer', `The answer to ${request} makes no sense: ${what}. Check that the address is that of a Litfass hub, and that its version fits this screen's.`);
}

export function retryAfterMs(error: unknown): number {
  return error instanceof HubRefusal ? error.retryAfterMs : 0;
}
