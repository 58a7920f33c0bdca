/** `causeway tickets export`: first-answer times, what people changed about verdicts, and whether it was helpful. */
import { parseArgs } from 'node:util';
import { loadPlanningConfig, loadStorageConfig } from '../../config/load.ts';
import type { Directory } from '../../flows/flow.ts';
import { type TicketRecord, ticketRecord } from '../../flows/ticket-record.ts';
import { readFlow } from '../../store/flows.ts';
import { openStoreReader } from '../../store/open.ts';
import type { Reader } from '../../store/store.ts';
import { ticketCases } from '../../store/tickets.ts';
import { directoryOf } from '../directory.ts';

const usage = 'Usage: causeway tickets export [--format json|csv]\n';

export async function ticketsCommand(args: string[]): Promise<number> {
  const options = { format: { type: 'string', default: 'json' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length !== 1 || positionals[0] !== 'export' || !/^(?:json|csv)$/.test(values.format)) {
    process.stderr.write(usage);
    return 2;
  }
  const { database } = loadStorageConfig();
  const { settings } = loadPlanningConfig();
  const { desk: whose, rights } = settings.zendesk;
  const directory: Directory = { ...directoryOf(settings), desk: { whose, rights, tells: true } };
  const store = await openStoreReader(database);
  try {
    const records = await store.snapshot((db) => recordsOf(db, directory, Temporal.Now.instant()));
    process.stdout.write(values.format === 'csv' ? csvOf(records) : `${JSON.stringify(records, null, 2)}\n`);
    return 0;
  } finally {
    await store.close();
  }
}

export async function recordsOf(db: Reader, directory: Directory, now: Temporal.Instant): Promise<TicketRecord[]> {
  const records: TicketRecord[] = [];
  for (const caseId of await ticketCases(db, 'all')) {
    const state = (await readFlow(db, caseId))?.state;
    if (state?.flow === 'support' && state.at === 'open') {
      const at = now.toString({ fractionalSecondDigits: 3 });
      const facts = { discovery: null };
      records.push(ticketRecord(state, { caseId, revision: 0, at, directory, facts, stale: false }));
    }
  }
  return records.toSorted((one, other) => one.ticket - other.ticket);
}

const columns = [
  'ticket',
  'caseId',
  'status',
  'severity',
  'environment',
  'symptom',
  'requester',
  'raisedAt',
  'firstAnswerDue',
  'firstAnswerAt',
  'firstAnswerOfficeMinutes',
  'firstAnswerMet',
  'helpful',
] as const satisfies readonly (keyof TicketRecord)[];

/** One line for each ticket, as RFC 4180 has it; changes of a verdict stand in one field. */
export function csvOf(records: readonly TicketRecord[]): string {
  const lines = records.map((record) => [
    ...columns.map((name) => String(record[name] ?? '')),
    record.overrides.map(({ at, by, from, reason, to }) => `${at} ${by}: ${from} to ${to}, ${reason}`).join('; '),
  ]);
  return [[...columns, 'overrides'], ...lines].map((line) => `${line.map(fieldOf).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins like this for a formula. */
const formula = /^[=+\-@\t\r]/;

function fieldOf(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
