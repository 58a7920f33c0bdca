/**
 * How the gate says no. The words are fixed, so that nothing a stranger sent can reach an answer or a log through them.
 */

export interface Refusal {
  ok: false;
  /** 401: the token does not prove that Teams sent this. 403: Teams did, but it is not for this bot. */
  status: 400 | 401 | 403 | 413;
  because: string;
}

export function unproven(because: string): Refusal {
  return { ok: false, status: 401, because };
}

export function forbidden(because: string): Refusal {
  return { ok: false, status: 403, because };
}

export function unreadable(because: string): Refusal {
  return { ok: false, status: 400, because };
}
