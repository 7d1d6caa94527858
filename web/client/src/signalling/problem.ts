import type { WireVerdict } from './routeMessages';

/** A rule that has nothing in common with another. */
export interface Conflict {
  readonly scope: string;
  /** Empty where it is another participant's, which is nobody else's business. */
  readonly rule: string;
  /** The regions that it leaves out and the others would allow. */
  readonly regions: readonly string[];
}

/** An RFC 9457 problem as the node words it. */
export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Of problems of the fence: whose rule decides. */
  readonly scope?: string;
  /** Of problems of the fence: the verdict on every region. */
  readonly regions?: readonly WireVerdict[];
  /** Of problems of the fence: the rules that have nothing in common. */
  readonly conflicts?: readonly Conflict[];
  /** With `misdirected`: the front door to call instead. */
  readonly frontDoor?: string;
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

const optional = <K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, T>);

const isText = (value: unknown): boolean => typeof value === 'string';

/** A list of objects with these texts and lists of texts, and only such. */
function list<T>(value: unknown, texts: readonly string[], lists: readonly string[] = []): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const isOne = (one: unknown): boolean => {
    if (typeof one !== 'object' || one === null) return false;
    const fields = one as Record<string, unknown>;
    return texts.every((key) => isText(fields[key])) && lists.every((key) => Array.isArray(fields[key]) && fields[key].every(isText));
  };
  return value.filter(isOne) as T[];
}

/** Reads a problem from parsed JSON; null when it is none. */
export function readProblem(value: unknown): Problem | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  const type = text(fields['type']);
  const code = text(fields['code']) || type.slice(type.lastIndexOf('/') + 1);
  const status = typeof fields['status'] === 'number' ? fields['status'] : 0;
  if (!code && !status) return null;
  return {
    code, title: text(fields['title']), status, detail: text(fields['detail']),
    ...optional('scope', text(fields['scope']) || undefined),
    ...optional('frontDoor', text(fields['frontDoor']) || undefined),
    ...optional('regions', list<WireVerdict>(fields['regions'], ['id', 'rule', 'scope', 'reason'])),
    ...optional('conflicts', list<Conflict>(fields['conflicts'], ['scope', 'rule'], ['regions'])),
  };
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

const waitingIsNoUse = new Set(['meeting-full', 'host-silent']);

/** For somebody who is in the meeting these pass; a newcomer is told at once. */
const finalForNewcomers = new Set(['out-of-reach', 'no-capacity']);

/** Whether waiting may help: the node's own trouble, or too many requests. */
export function isTransient(problem: Problem, isNewcomer = false): boolean {
  if (waitingIsNoUse.has(problem.code) || (isNewcomer && finalForNewcomers.has(problem.code))) return false;
  return problem.status >= 500 || problem.status === 429 || problem.status === 408;
}
