/** What a look at the whole audit finds. */
export type ProblemKind =
  /** The entry does not have the hash that its content gives. */
  | 'entry changed'
  /** Its number is not there, though a later one is. */
  | 'entry missing'
  /** The entry does not follow the one that stands before it. */
  | 'entry out of order'
  /** It stands where there is no entry. */
  | 'payload without entry'
  /** The chain goes on after the head that the case itself knows. */
  | 'entry added'
  /** The payload, or what stands around it, is not what the entry was made with. */
  | 'payload changed'
  /** The case, or an anchor, knows of later entries than there are. */
  | 'tail cut'
  /** Its entries or an anchor know of a case that is not there. */
  | 'case missing'
  | 'anchor changed'
  | 'anchor missing'
  /** It is not the one that has left the database under this number. */
  | 'anchor unlike its copy outside'
  /** A line of the file outside is no anchor; its number is that of the line. */
  | 'copy outside unreadable';

export interface Problem {
  /** Null for a problem of the anchors themselves. */
  caseId: string | null;
  /** Of the entry or the anchor. */
  seq: number;
  problem: ProblemKind;
}

export interface AuditReport {
  cases: number;
  entries: number;
  anchors: number;
  /** Copies outside the database that were compared; null when there was no such file. */
  copies: number | null;
  /** Entries whose payload was taken out; that is allowed, and the chain holds without it. */
  erased: { caseId: string; seq: number }[];
  /** Those of them of which no entry of their case says who took them out. */
  unexplained: { caseId: string; seq: number }[];
  /** Empty when all is well. */
  problems: Problem[];
}
