/** From when to when a node's statement holds, seconds since 1970; for showing only: whoever shows it has had it checked. */
export function statementTimes(signed: string | null): { readonly issued: number; readonly expires: number } | null {
  const payload = signed?.split('.')[0];
  if (!payload) return null;
  try {
    const text = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
    const { issued, expires } = JSON.parse(text) as { issued?: unknown; expires?: unknown };
    return typeof issued === 'number' && typeof expires === 'number' ? { issued, expires } : null;
  } catch {
    return null;
  }
}
