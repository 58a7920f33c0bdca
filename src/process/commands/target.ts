/** `causeway target`: due times in office hours, JSON Lines in and out (CONTRACTS.md section 4). */
import { z } from 'zod/v4';
import { type ClockEvent, computeTarget, parseCalendar } from '../../policy/office-clock.ts';
import { severities } from '../../policy/severity.ts';
import { type Answer, answerLines, type LineCommand } from './json-lines.ts';

export async function targetCommand(args: string[]): Promise<number> {
  if (args.length > 0) {
    process.stderr.write('Usage: causeway target < LINES, such as {"id":"1","severity":"high","startUtc":…}\n');
    return 2;
  }
  return await answerLines(targetLines);
}

const instantForm = 'write an instant with Z or an offset, such as 2026-11-23T09:00Z or 2026-11-23T10:00:00+01:00';
/** Temporal reads more than ISO 8601 asks for, such as a zone in brackets. */
const instantPattern =
  /^\d{4}-?\d{2}-?\d{2}[T ]\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

const instant = z.string(instantForm).transform((text, context) => {
  try {
    if (instantPattern.test(text)) {
      return Temporal.Instant.from(text);
    }
  } catch {
    // A date that there is not, such as 30 February.
  }
  context.addIssue({ code: 'custom', message: instantForm });
  return z.NEVER;
});

const severity = z.enum(severities, `write one of ${severities.join(', ')}`);
const eventTypes = ['severity', 'pause', 'resume'] as const;

const events = z.array(
  z
    .strictObject(
      {
        at: instant,
        type: z.enum(eventTypes, `write one of ${eventTypes.join(', ')}`),
        to: z.union([severity, z.literal(''), z.null()], `write one of ${severities.join(', ')}`).optional(),
      },
      unknownKeys('at, type, to', 'write an object with at, type and, for a severity, to'),
    )
    .transform((event, context): ClockEvent => {
      if (event.type !== 'severity') {
        return { type: event.type, at: event.at };
      }
      if (event.to === undefined || event.to === null || event.to === '') {
        context.addIssue({ code: 'custom', path: ['to'], message: `write one of ${severities.join(', ')}` });
        return z.NEVER;
      }
      return { type: 'severity', at: event.at, to: event.to };
    }),
  'write a list of events',
);

/** What is not there, null and empty text are the same. */
function missing(value: unknown): unknown {
  return value === null || value === '' ? undefined : value;
}

const request = z.object({
  severity,
  startUtc: instant,
  pauseOnHold: z.preprocess(missing, z.boolean('write true or false').default(false)),
  events: z.preprocess(missing, events.default([])),
});

function unknownKeys(keys: string, otherwise: string) {
  return {
    error: (issue: { code?: string }) =>
      issue.code === 'unrecognized_keys' ? `an unknown key; the keys are ${keys}` : otherwise,
  };
}

export const targetLines: LineCommand = {
  keys: ['id', 'severity', 'startUtc', 'calendar', 'pauseOnHold', 'events'],
  answer: countLine,
};

function countLine(fields: Readonly<Record<string, unknown>>): Answer {
  const parsed = request.safeParse(fields);
  const { calendar, error } = parseCalendar(fields['calendar']);
  if (!parsed.success || calendar === undefined) {
    const problems = (parsed.error?.issues ?? []).map(
      (issue) => `${issue.path.map(String).join('.')}: ${issue.message}`,
    );
    const line = problems.length > 0 ? [`Reading the line: ${problems.join('; ')}.`] : [];
    return { error: [...line, ...(error === undefined ? [] : [error])].join(' ') };
  }
  const { startUtc: start, ...rest } = parsed.data;
  const target = computeTarget({ ...rest, start, calendar });
  return target.state === 'invalid'
    ? { error: target.because }
    : {
        result: { dueUtc: target.dueUtc?.toString() ?? null, state: target.state, dueLocal: target.dueLocal },
      };
}
