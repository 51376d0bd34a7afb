/** What has been seen in answers: ids by type, and values by the name of the field that had them. */
export class Harvest {
  readonly ids = new Map<string, Set<string>>();
  readonly values = new Map<string, Set<string | number>>();

  /** Takes an answer apart; objects tell their type by `__typename`. */
  add(data: unknown): void {
    if (Array.isArray(data)) for (const item of data) this.add(item);
    else if (typeof data === 'object' && data !== null) {
      for (const [name, value] of Object.entries(data)) {
        if (typeof value === 'object') this.add(value);
        else if (name === 'id') remember(this.ids, String(value).split(':')[0] ?? '', String(value));
        else if (name !== '__typename' && typeof value !== 'boolean') remember(this.values, name, value);
      }
    }
  }

  /** Some ids of a type, from the beginning and the end of what was seen. */
  someIds(typeName: string, count: number): string[] {
    const all = [...(this.ids.get(typeName) ?? [])].sort();
    return all.length <= count ? all : [...all.slice(0, count / 2), ...all.slice(-count / 2)];
  }

  /** Values for an argument or filter: those of fields called like it, or whose name its own ends with. */
  valuesFor(name: string): (string | number)[] {
    const lower = name.toLowerCase();
    const fitting = [...this.values].filter(([field]) => {
      const known = field.toLowerCase();
      return known === lower || lower.endsWith(known) || (known.length > 5 && known.endsWith(lower));
    });
    return fitting.flatMap(([, values]) => [...values]);
  }
}

function remember<Value>(map: Map<string, Set<Value>>, name: string, value: Value): void {
  const known = map.get(name) ?? new Set();
  // Enough to choose from; an answer may hold thousands.
  if (known.size < 400) known.add(value);
  map.set(name, known);
}
