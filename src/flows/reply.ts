/** What `accept` answers in the same response; stored with the event, so that a repeated event gets it again. */
export interface Reply {
  outcome: 'done' | 'refused' | 'stale' | 'already-decided' | 'invalid';
  /** Shown to the person; empty for `done`. */
  because: string;
  /** Per input, when the outcome is `invalid`. */
  errors: readonly { input: string; message: string }[];
}
