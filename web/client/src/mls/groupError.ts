/**
 * Why bytes from the group were not taken:
 * `malformed` no such message; `invalid` a rule of MLS or of ours is broken; `secret-wrong` a newcomer without the meeting secret;
 * `not-mine` a welcome for others; `spent` a welcome that was used before; `old` an epoch whose keys are gone; `ahead` an epoch that has not come;
 * `replayed` it was opened before; `undecryptable` sealed with other keys of the same epoch; `other-group` another group's.
 */
export type GroupFault =
  | 'malformed' | 'invalid' | 'secret-wrong' | 'not-mine' | 'spent' | 'old' | 'ahead' | 'replayed' | 'undecryptable' | 'other-group';

export class GroupError extends Error {
  override readonly name = 'GroupError';

  constructor(readonly fault: GroupFault, detail: string, options?: ErrorOptions) {
    super(detail, options);
  }
}

/** Runs what works on others' bytes; whatever the library throws becomes one fault. */
export async function faulting<T>(fault: GroupFault, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GroupError) throw error;
    throw new GroupError(fault, error instanceof Error ? error.message : 'failed', { cause: error });
  }
}
