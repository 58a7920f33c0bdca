/** Under which the key of the audit is kept in the database. */
export const auditKeyName = 'audit-digests';
