/**
 * Keeps tiles where they are while people come and go. Leavers' places close up, newcomers go to the end; somebody who
 * speaks while on a later page takes the place of the one on the first page who has been silent the longest.
 */
export class TileOrder {
  private order: readonly string[] = [];
  private readonly spoke = new Map<string, number>();
  private turn = 0;

  /** `fixed` (the own tile) is always on the first page. */
  arrange(present: readonly string[], dominant: string | null, pageSize: number, fixed: string | null): readonly string[] {
    const here = new Set(present);
    const known = new Set(this.order);
    const order = [...this.order.filter((id) => here.has(id)), ...present.filter((id) => !known.has(id))];
    const own = fixed === null ? -1 : order.indexOf(fixed);
    if (fixed !== null && own >= pageSize) {
      order.splice(own, 1);
      order.splice(pageSize - 1, 0, fixed);
    }
    if (dominant !== null && here.has(dominant)) {
      this.spoke.set(dominant, ++this.turn);
      const from = order.indexOf(dominant);
      const to = from >= pageSize ? this.mostSilent(order.slice(0, pageSize), fixed) : -1;
      const silent = order[to];
      if (silent !== undefined) {
        order[to] = dominant;
        order[from] = silent;
      }
    }
    this.order = order;
    return order;
  }

  private mostSilent(ids: readonly string[], fixed: string | null): number {
    let found = -1;
    let least = Infinity;
    ids.forEach((id, index) => {
      const spoke = this.spoke.get(id) ?? 0;
      // The later of equals gives way, so that those who came first stay.
      if (id !== fixed && spoke <= least) {
        least = spoke;
        found = index;
      }
    });
    return found;
  }
}
