import { planHome, type HomePlace } from '../route/home';
import type { RegionDirectory } from '../route/regions';
import { ProblemError } from '../signalling/problem';
import { Api, type CreatedMeeting, type NewMeeting } from './api';

/**
 * Makes a meeting at a front door of its home, so that no node outside its fence is ever told of it. Without a verified directory the node behind this page
 * decides. Fails as the API does; without any allowed region with `no-region-allowed`, and nobody is asked.
 */
export async function makeMeeting(
  wish: NewMeeting,
  directory: RegionDirectory | null,
  place: HomePlace,
  apiAt: (door: string) => Pick<Api, 'createMeeting'> = (door) => new Api(door),
): Promise<CreatedMeeting> {
  const plan = directory ? planHome(directory, wish, place) : { kind: 'here' as const };
  if (plan.kind === 'nowhere') {
    throw new ProblemError({ code: 'no-region-allowed', status: 422, title: 'No region is allowed', detail: 'No region with a node is inside this fence.' });
  }
  if (plan.kind === 'here') return apiAt('').createMeeting(wish);
  return apiAt(plan.door).createMeeting({ ...wish, homeRegion: plan.region });
}
