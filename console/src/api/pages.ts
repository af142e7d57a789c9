/** Gathers all pages of a list.
 *
 * @param ask asks for the page behind a marker; for the first one without.
 * @param take what a page has.
 * @param onProgress is told what there is so far, so that a long list can be shown while it comes.
 */
export async function listAll<Page extends { IsTruncated?: boolean; Marker?: string }, Item>(
  ask: (marker: string | undefined) => Promise<Page>,
  take: (page: Page) => Item[] | undefined,
  onProgress?: (items: Item[]) => void,
): Promise<Item[]> {
  const items: Item[] = [];
  let marker: string | undefined;
  do {
    const page = await ask(marker);
    items.push(...(take(page) ?? []));
    marker = page.IsTruncated ? page.Marker : undefined;
    if (marker) onProgress?.([...items]);
  } while (marker);
  return items;
}
