/** Zendesk writes instants in whole seconds, except in the envelope of an event. */
export function instantText(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'second' });
}
