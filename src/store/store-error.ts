/** The store could not do what was asked. The message says what was being done and ends with what to do next. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}

/** A write was rolled back because it, or what it waited for, took too long; it may well succeed later. */
export class WriteTimeout extends StoreError {
  override readonly name = 'WriteTimeout';
}
