/** The store could not do what was asked. The message says what was being done and ends with what to do next. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
