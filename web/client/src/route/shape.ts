/** Small checks of the shape of parsed JSON: a signature says who wrote it, not that it is well formed. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function hasTexts(value: Fields, ...keys: readonly string[]): boolean {
  return keys.every((key) => typeof value[key] === 'string');
}

export function hasNumbers(value: Fields, ...keys: readonly string[]): boolean {
  return keys.every((key) => Number.isFinite(value[key]));
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** Whether it is a list whose every element is fields that pass. */
export function isListOf(value: unknown, passes: (fields: Fields) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => isFields(one) && passes(one));
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
