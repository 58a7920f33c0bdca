/**
 * The fixed form in which instants are stored, so that they sort and compare as text.
 * @throws {RangeError} when the text is no instant
 */
export function instantText(at: string | Temporal.Instant): string {
  return Temporal.Instant.from(at).toString({ fractionalSecondDigits: 3 });
}

export function instantTextOrNull(at: string | null): string | null {
  return at === null ? null : instantText(at);
}
