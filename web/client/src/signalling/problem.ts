/** An RFC 9457 problem as the node words it. */
export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** A call was understood and refused. Trying again unchanged does not help, unless {@link isTransient}. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

/** The node could not be reached at all. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads a problem from parsed JSON; null when it is none. */
export function readProblem(value: unknown): Problem | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  const type = text(fields['type']);
  const code = text(fields['code']) || type.slice(type.lastIndexOf('/') + 1);
  const status = typeof fields['status'] === 'number' ? fields['status'] : 0;
  if (!code && !status) return null;
  return { code, title: text(fields['title']), status, detail: text(fields['detail']) };
}

/** Finds the problem inside a hub's error, whose message wraps the JSON in a sentence of the SignalR library. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  const message = error instanceof Error ? error.message : '';
  const start = message.indexOf('{');
  const end = message.lastIndexOf('}');
  if (start < 0 || end < start) return null;
  try {
    return readProblem(JSON.parse(message.slice(start, end + 1)));
  } catch {
    return null;
  }
}

/** Whether waiting may help: the node's own trouble, or too many requests. */
export function isTransient(problem: Problem): boolean {
  if (problem.code === 'meeting-full') return false;
  return problem.status >= 500 || problem.status === 429 || problem.status === 408;
}
