/** Walks pages and works on many things with few at a time, because Azure counts reads per subscription. */

export async function collect<Item>(pages: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
}

const atOnce = 6;

/** Results in the order of the items. The first error ends it. */
export async function mapFew<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  async function walk(): Promise<void> {
    for (const [index, item] of waiting) {
      results[index] = await work(item);
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, walk));
  return results;
}
