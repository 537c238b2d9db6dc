import type { z } from 'zod';
import { problemSchema } from '../../../src/contract/index.ts';

/** The hub answered, and said no: what and why, in its own words. */
export class HubRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'HubRefusal';
    this.status = status;
  }
}

/** Throws the hub's own words if the answer is a refusal. */
export async function refuseProblem(response: Response): Promise<Response> {
  if (response.ok) return response;
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  throw new HubRefusal(response.status, problem.data?.message ?? `The hub answered ${String(response.status)}.`);
}

/**
 * Asks the hub and checks the answer against the contract.
 *
 * @throws HubRefusal, or TypeError when the hub cannot be reached.
 */
export async function hubFetch<Schema extends z.ZodType>(schema: Schema, path: string, init?: RequestInit): Promise<z.infer<Schema>> {
  const response = await refuseProblem(await fetch(path, init));
  return schema.parse(await response.json());
}
