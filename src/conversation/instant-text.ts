/** The one form in which instants are stored and compared as text: milliseconds and `Z`. */
export function instantText(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
