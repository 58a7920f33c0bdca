/** What changed between two versions of the settings, for the audit entry and for the people who are told. */

export interface SettingsChange {
  /**
   * Such as `people[rosa].roles`; entries of lists are named by their id or name, because positions move. Those that
   * have none, such as `approvals[0]`, are compared by position as long as there are as many as before.
   */
  path: string;
  /** Null: was not there. */
  before: unknown;
  /** Null: is not there any more. */
  after: unknown;
}

export function settingsDifference(before: unknown, after: unknown): SettingsChange[] {
  return changesAt('', before, after);
}

function changesAt(path: string, before: unknown, after: unknown): SettingsChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }
  const isAsLong = Array.isArray(before) && Array.isArray(after) && before.length === after.length;
  const left = partsOf(before, isAsLong);
  const right = partsOf(after, isAsLong);
  if (left === null || right === null || left.list !== right.list) {
    return [{ path, before: before ?? null, after: after ?? null }];
  }
  const names = [...new Set([...left.parts.keys(), ...right.parts.keys()])];
  const changes = names.flatMap((name) =>
    changesAt(pathTo(path, name, left.list), left.parts.get(name), right.parts.get(name)),
  );
  // Nothing but the order differs; in a rotation that matters.
  return changes.length > 0 ? changes : [{ path, before, after }];
}

interface Parts {
  list: boolean;
  parts: ReadonlyMap<string, unknown>;
}

/** Null for what is compared as a whole: plain values, and lists whose entries have neither names nor positions to keep. */
function partsOf(value: unknown, byPosition: boolean): Parts | null {
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  if (!Array.isArray(value)) {
    return { list: false, parts: new Map(Object.entries(value)) };
  }
  const entries: unknown[] = value;
  const names = entries.map((entry, index) => nameOf(entry) ?? (byPosition && isObject(entry) ? String(index) : null));
  const named = names.every((name) => name !== null) && new Set(names).size === names.length;
  return named ? { list: true, parts: new Map(entries.map((entry, index) => [names[index] ?? '', entry])) } : null;
}

function isObject(entry: unknown): entry is { id?: unknown; name?: unknown } {
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry);
}

function nameOf(entry: unknown): string | null {
  if (!isObject(entry)) {
    return null;
  }
  const { id, name } = entry;
  const found = id ?? name;
  return typeof found === 'string' ? found : null;
}

function pathTo(path: string, name: string, list: boolean): string {
  if (list) {
    return `${path}[${name}]`;
  }
  return path === '' ? name : `${path}.${name}`;
}
