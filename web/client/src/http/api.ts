import { ProblemError, readProblem, UnreachableError } from '../signalling/problem';

/** What the effective geofence says of one region, and which rule of whose decides it. */
export interface RegionRule {
  readonly id: string;
  readonly allowed: boolean;
  readonly rule?: string;
  readonly scope?: string;
}

export interface MeetingFacts {
  readonly id: string;
  readonly title: string;
  readonly e2ee: 'off' | 'required';
  readonly locked?: boolean;
  readonly ended?: boolean;
  readonly homeRegion?: string;
  readonly geofence?: { readonly regions?: readonly RegionRule[] };
}

export interface CreatedMeeting {
  readonly id: string;
  readonly url: string;
  readonly hostKey: string;
}

/** One data-centre location as the directory lists it. */
export interface Region {
  readonly id: string;
  readonly name: string;
  /** Empty where nobody said. */
  readonly city?: string;
  /** ISO 3166-1 alpha-2; ZZ where nobody said. */
  readonly country?: string;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly operator?: string;
  readonly operatorCountry?: string;
}

export interface Directory {
  readonly version: number;
  readonly regions: readonly Region[];
}

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

const answerLimitMs = 10_000;

/** The HTTP calls a page needs. Fails with a ProblemError or an UnreachableError, never with anything else. */
export class Api {
  constructor(
    private readonly base = '',
    private readonly send: Fetch = (input, init) => fetch(input, init),
  ) {}

  createMeeting(options: { title?: string; e2ee?: 'required' | 'off' } = {}): Promise<CreatedMeeting> {
    return this.request<CreatedMeeting>('/api/v1/meetings', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(options),
    });
  }

  meeting(id: string): Promise<MeetingFacts> {
    return this.request<MeetingFacts>(`/api/v1/meetings/${encodeURIComponent(id)}`);
  }

  directory(): Promise<Directory> {
    return this.request<Directory>('/api/v1/directory');
  }

  private async request<T>(path: string, init: RequestInit = {}): Promise<T> {
    let response: Response;
    try {
      response = await this.send(this.base + path, { ...init, signal: AbortSignal.timeout(answerLimitMs) });
    } catch (error) {
      throw new UnreachableError(error instanceof Error ? error.message : String(error));
    }
    const body: unknown = await response.json().catch(() => null);
    if (response.ok && body !== null) return body as T;
    const problem = readProblem(body);
    if (problem) throw new ProblemError({ ...problem, status: problem.status || response.status });
    if (response.status === 404) {
      throw new ProblemError({ code: 'not-found', title: response.statusText, status: 404, detail: '' });
    }
    throw new UnreachableError(`${String(response.status)} ${response.statusText}`);
  }
}
