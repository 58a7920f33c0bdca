/** What could not be said in Slack, or only in part, and where it stands in the card. */
export interface Loss {
  /** JSON pointer (RFC 6901) into the card; into the filled card when it was a template. */
  path: string;
  /** Type of the element, such as `Input.Text`. */
  element: string;
  reason: string;
}

/** The element that something on the screen comes from. */
export type Source = Pick<Loss, 'path' | 'element'>;

export function below(path: string, ...keys: readonly (string | number)[]): string {
  return [path, ...keys.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** The same sentence about the same place is said once. */
export function withoutRepeats(losses: readonly Loss[]): Loss[] {
  const seen = new Map(losses.map((loss) => [JSON.stringify([loss.path, loss.reason]), loss]));
  return [...seen.values()];
}
