#!/usr/bin/env node
/** The `causeway` command (CONTRACTS.md section 1). Results go to standard output, progress and logs to standard error. */

interface Command {
  usage: string;
  meaning: string;
  /** Imported only when it is asked for, so that a small command does not load Azure. @returns the exit code. */
  run: (args: string[]) => Promise<number>;
}

const commands: Readonly<Record<string, Command>> = {
  start: {
    usage: 'start',
    meaning: 'local mode: simulators, embedded database, local page',
    run: async () => (await import('./process/commands/run.ts')).runBot('start'),
  },
  serve: {
    usage: 'serve',
    meaning: 'production, as configured by environment and settings file',
    run: async () => (await import('./process/commands/run.ts')).runBot('serve'),
  },
  demo: {
    usage: 'demo [--json] [--via web|teams|slack]',
    meaning: 'plays both jobs and checks what stands there at the end',
    run: async (args) => (await import('./process/commands/demo.ts')).demoCommand(args),
  },
  simulate: {
    usage:
      'simulate [--arm-port N] [--zendesk-port N] [--slack-port N] [--teams-port N] [--teams-app-id ID] [--teams-tenant-id ID] [--world FILE] [--speed N]',
    meaning: 'only the simulators, on loopback; Teams when asked for; prints their ports as one line of JSON',
    run: async (args) => (await import('./process/commands/simulate.ts')).simulateCommand(args),
  },
  plan: {
    usage: 'plan --answers FILE [--format text|json|az|bicep|terraform]',
    meaning: 'reads Azure, decides and plans a connection; changes nothing',
    run: async (args) => (await import('./process/commands/plan.ts')).planCommand(args),
  },
  triage: {
    usage: 'triage < LINES',
    meaning: 'verdicts about answers or free text, one line of JSON each',
    run: async (args) => (await import('./process/commands/triage.ts')).triageCommand(args),
  },
  target: {
    usage: 'target < LINES',
    meaning: 'due times in office hours, one line of JSON each',
    run: async (args) => (await import('./process/commands/target.ts')).targetCommand(args),
  },
  policy: {
    usage: 'policy diff NEW.txt [--document ID] [--accept [--date YYYY-MM-DD]]',
    meaning: 'what changed in a new edition of a document, and which rules rest on it',
    run: async (args) => (await import('./process/commands/policy.ts')).policyCommand(args),
  },
  card: {
    usage: 'card NAME --data FILE --to teams|slack|text, or card --stdin --to slack',
    meaning: 'shows one of our cards the way a platform gets it, or translates any Adaptive Card to Block Kit',
    run: async (args) => (await import('./process/commands/card.ts')).cardCommand(args),
  },
  manifest: {
    usage:
      'manifest teams [--website URL] [--out FILE] …, or manifest slack --url URL|--socket [--name NAME] [--desk-host HOST]',
    meaning: 'builds and checks what an administrator uploads to Teams, or pastes into Slack',
    run: async (args) => (await import('./process/commands/manifest.ts')).manifestCommand(args),
  },
  tickets: {
    usage: 'tickets export [--format json|csv]',
    meaning: 'when each ticket was answered first, what people changed about its verdict, and whether it helped',
    run: async (args) => (await import('./process/commands/tickets.ts')).ticketsCommand(args),
  },
  migrate: {
    usage: 'migrate',
    meaning: 'brings the tables of the database up to date',
    run: async (args) => (await import('./process/commands/migrate.ts')).migrateCommand(args),
  },
  audit: {
    usage:
      'audit verify [--file EXPORT.json] [--anchors FILE], audit export --case ID [--out DIR]|--list, or audit erase --case ID (--person PERSON | --all) --because TEXT',
    meaning:
      'checks every audit chain and anchor, or one exported file; writes the evidence of a case as HTML and JSON; erases what people wrote',
    run: async (args) => (await import('./process/commands/audit.ts')).auditCommand(args),
  },
};

async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv;
  const command = commands[name];
  if (command === undefined) {
    const known = name === 'help' || name === '--help' || name === '-h';
    (known ? process.stdout : process.stderr).write(`${known ? '' : `There is no command “${name}”.\n`}${usage()}\n`);
    return known ? 0 : 2;
  }
  try {
    return await command.run(args);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 2;
  }
}

function usage(): string {
  const lines = Object.values(commands).map((command) => `  causeway ${command.usage}\n      ${command.meaning}`);
  return ['Usage:', ...lines].join('\n');
}

/** What the person can act on; a stack is for bugs only. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const expected = error.name !== 'TypeError' && error.name !== 'ReferenceError';
  return expected ? error.message : (error.stack ?? error.message);
}

process.exitCode = await main(process.argv.slice(2));
