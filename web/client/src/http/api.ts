import { plainFence, type Geofence } from '../route/geofence';
import { plainView } from '../route/plainView';
import type { Region } from '../route/regions';
import type { PreviewRequest, RoutePreview, RouteView, WireVerdict } from '../signalling/routeMessages';
import { ProblemError, readProblem, UnreachableError } from '../signalling/problem';

/** A verdict of {@link MeetingFacts}. */
export type RegionRule = Pick<WireVerdict, 'id' | 'allowed'> & Partial<WireVerdict>;

export interface MeetingFacts {
  readonly id: string;
  readonly title: string;
  readonly e2ee: 'off' | 'required';
  readonly locked?: boolean;
  readonly ended?: boolean;
  readonly homeRegion?: string;
  /** By how many ms a newcomer's fence may lengthen anyone's delay without a host being asked. */
  readonly tightenLimit?: number;
  readonly geofence?: Geofence & { readonly platform?: Geofence | null; readonly regions?: readonly RegionRule[] };
}

export interface NewMeeting {
  readonly title?: string;
  readonly e2ee?: 'required' | 'off';
  readonly geofence?: Geofence;
  readonly homeRegion?: string;
  readonly tightenLimit?: number;
}

/** What a host changes; what is left out stays. */
export interface MeetingChange {
  readonly title?: string;
  readonly locked?: boolean;
  readonly geofence?: Geofence;
  readonly tightenLimit?: number;
}

export interface CreatedMeeting {
  readonly id: string;
  readonly url: string;
  readonly hostKey: string;
}

/** The list of regions as the server words it: to show, not to trust. {@link DirectoryTrust} has the verified one. */
export interface Directory {
  readonly version: number;
  readonly regions: readonly Region[];
}

/** The signed directory, unverified. */
export interface SignedDirectory {
  readonly signed: string;
  /** SubjectPublicKeyInfo, base64url. */
  readonly operatorKey: string;
}

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

const answerLimitMs = 10_000;

/** The HTTP calls a page needs. Fails with a ProblemError or an UnreachableError, never with anything else. */
export class Api {
  constructor(
    private readonly base = '',
    private readonly send: Fetch = (input, init) => fetch(input, init),
  ) {}

  /** Makes a meeting. Where its fence leaves this node's region out, the node sends the call on to an allowed front door; `url` is there then. */
  createMeeting(options: NewMeeting = {}): Promise<CreatedMeeting> {
    return this.request<CreatedMeeting>('/api/v1/meetings', { ...withBody('POST', options), redirect: 'follow' });
  }

  async meeting(id: string): Promise<MeetingFacts> {
    return plainFacts(await this.request<MeetingFacts>(`/api/v1/meetings/${encodeURIComponent(id)}`));
  }

  directory(): Promise<Directory> {
    return this.request<Directory>('/api/v1/directory');
  }

  signedDirectory(): Promise<SignedDirectory> {
    return this.request<SignedDirectory>('/api/v1/directory', { cache: 'no-cache' });
  }

  /** The live route, as the server says it. */
  async route(id: string): Promise<RouteView> {
    return plainView(await this.request<RouteView>(`/api/v1/meetings/${encodeURIComponent(id)}/route`));
  }

  /** What a newcomer's fence, or with `edits` a host's edit, would do. With the host key the consequences name people. */
  preview(id: string, wish: PreviewRequest, hostKey?: string): Promise<RoutePreview> {
    return this.request<RoutePreview>(`/api/v1/meetings/${encodeURIComponent(id)}/route/preview`, withBody('POST', wish, hostKey));
  }

  /** Changes a meeting; `geofence` replaces the meeting's own, `{}` opens it. */
  async change(id: string, change: MeetingChange, hostKey: string): Promise<MeetingFacts> {
    return plainFacts(await this.request<MeetingFacts>(`/api/v1/meetings/${encodeURIComponent(id)}`, withBody('PATCH', change, hostKey)));
  }

  private async request<T>(path: string, init: RequestInit = {}): Promise<T> {
    let response: Response;
    try {
      // Not followed: a meeting's calls go to its home's front door, and the page goes there itself. The answer of a redirect cannot be read.
      response = await this.send(this.base + path, { redirect: 'manual', ...init, signal: AbortSignal.timeout(answerLimitMs) });
    } catch (error) {
      throw new UnreachableError(error instanceof Error ? error.message : String(error));
    }
    if (response.type === 'opaqueredirect') throw new ProblemError({ code: 'misdirected', title: '', status: 307, detail: '' });
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

function withBody(method: string, body: unknown, hostKey?: string): RequestInit {
  const authorization = hostKey === undefined ? {} : { authorization: `Bearer ${hostKey}` };
  return { method, headers: { 'content-type': 'application/json', ...authorization }, body: JSON.stringify(body) };
}

/** What is missing may come as null. */
function plainFacts(facts: MeetingFacts): MeetingFacts {
  const { geofence } = facts;
  if (!geofence) return facts;
  const { platform, regions } = geofence;
  return {
    ...facts, geofence: { ...plainFence(geofence), ...(platform ? { platform: plainFence(platform) } : {}), ...(regions ? { regions } : {}) },
  };
}
