import type { Geofence, PreviewRequest, RoutePreview } from '@parley/client';
import { openFence } from './fence';

export interface PreviewSources {
  /** Asks the server what would happen; it changes nothing there. */
  ask(request: Required<Pick<PreviewRequest, 'fence' | 'roundTrips'>>): Promise<RoutePreview>;
  /** Measures round trips to regions, each of them allowed; nothing for those that do not answer. */
  measure(regions: readonly string[]): Promise<Readonly<Record<string, number>>>;
}

const settleMs = 250;

/** The route preview of the pre-join page: what the own rule does, asked anew whenever the rule or what is measured changes. */
export class Previewer {
  /** The own rule as it stands now. */
  fence = $state.raw<Geofence>(openFence);
  /** The last answer; kept while the next is under way. */
  preview = $state.raw<RoutePreview | null>(null);
  failed = $state(false);
  busy = $state(true);
  roundTrips = $state.raw<Readonly<Record<string, number>>>({});
  private asked = 0;
  private closed = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private measured: readonly string[] = [];

  constructor(
    private readonly sources: PreviewSources,
    fence: Geofence,
  ) {
    this.fence = fence;
    void this.refresh();
  }

  change(fence: Geofence): void {
    this.fence = fence;
    this.busy = true;
    // An answer under way is about the old rule: what it allows may be outside now, and must not be measured.
    this.asked++;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), settleMs);
  }

  retry(): void {
    void this.refresh();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Round trips to the regions that are inside the fence now; none of a region that a tighter rule has put outside. */
  allowedRoundTrips(): Readonly<Record<string, number>> {
    const allowed = this.allowed();
    return Object.fromEntries(Object.entries(this.roundTrips).filter(([region]) => allowed.includes(region)));
  }

  private async refresh(): Promise<void> {
    const number = ++this.asked;
    this.busy = true;
    try {
      const answer = await this.sources.ask({ fence: this.fence, roundTrips: this.allowedRoundTrips() });
      if (this.closed || number !== this.asked) return;
      this.preview = answer;
      this.failed = false;
      this.busy = false;
      await this.measure();
    } catch {
      if (this.closed || number !== this.asked) return;
      this.failed = true;
      this.busy = false;
    }
  }

  /** Measures what is allowed and not measured yet, then asks once more, with the new figures. */
  private async measure(): Promise<void> {
    const regions = this.allowed().filter((region) => !this.measured.includes(region));
    if (regions.length === 0) return;
    this.measured = [...this.measured, ...regions];
    const found = await this.sources.measure(regions);
    if (this.closed || Object.keys(found).length === 0) return;
    this.roundTrips = { ...this.roundTrips, ...found };
    await this.refresh();
  }

  private allowed(): string[] {
    return (this.preview?.regions ?? []).filter(({ allowed }) => allowed).map(({ id }) => id);
  }
}
