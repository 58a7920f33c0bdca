/** `causeway plan`: discovers, decides and plans; changes nothing (CONTRACTS.md section 2). */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createArm } from '../../azure/arm.ts';
import { survey } from '../../azure/survey.ts';
import type { AzureConfig } from '../../config/azure.ts';
import { loadPlanningConfig } from '../../config/load.ts';
import type { Settings } from '../../config/settings.ts';
import { exportAz } from '../../plan/export/az.ts';
import { exportBicep } from '../../plan/export/bicep.ts';
import { exportTerraform } from '../../plan/export/terraform.ts';
import { planText, refusalText } from '../../plan/export/text.ts';
import type { ConnectAnswers, Plan, Planned } from '../../plan/plan.ts';
import { planConnection } from '../../plan/planner.ts';
import { chooseMethodFor } from '../planning/choose-method.ts';
import { findEnvironment } from '../planning/find-environment.ts';
import { planJson } from '../planning/plan-json.ts';
import { readAnswers } from '../planning/read-answers.ts';

const formats = {
  text: planText,
  json: (plan) => planJson({ kind: 'planned', plan }),
  az: exportAz,
  bicep: exportBicep,
  terraform: exportTerraform,
} satisfies Record<string, (plan: Plan) => string>;

type Format = keyof typeof formats;

const usage = `plan --answers FILE [--format ${Object.keys(formats).join('|')}]`;

interface Printed {
  /** 0: a plan; 3: refused; 2: bad input. */
  exitCode: number;
  out: string;
  err: string;
}

export async function planCommand(args: string[]): Promise<number> {
  const { exitCode, out, err } = await runPlan(args, (line) => process.stderr.write(`${line}\n`));
  process.stderr.write(err);
  process.stdout.write(out);
  return exitCode;
}

export interface PlanSources {
  env?: Readonly<Record<string, string | undefined>>;
}

/** @param progress Told what is being done, line by line. */
export async function runPlan(
  args: string[],
  progress: (line: string) => void,
  sources: PlanSources = {},
): Promise<Printed> {
  try {
    const asked = readArguments(args);
    const answers = readAnswersFile(asked.file);
    const { azure, settings } = loadPlanningConfig(sources);
    return printed(await planFor(answers, { azure, settings, progress }), asked.format);
  } catch (error) {
    if (error instanceof TypeError || error instanceof ReferenceError) {
      throw error;
    }
    return { exitCode: 2, out: '', err: `${error instanceof Error ? error.message : String(error)}\n` };
  }
}

function readArguments(args: string[]): { file: string; format: Format } {
  const { answers: file, format = 'text' } = parsed(args);
  if (file === undefined) {
    throw new Error(`Reading the arguments: --answers is missing. Usage: causeway ${usage}`);
  }
  if (!Object.hasOwn(formats, format)) {
    throw new Error(`Reading --format: there is no “${format}”. Write ${Object.keys(formats).join(', ')}.`);
  }
  return { file, format: format as Format };
}

function parsed(args: string[]): { answers?: string | undefined; format?: string | undefined } {
  try {
    return parseArgs({ args, options: { answers: { type: 'string' }, format: { type: 'string' } } }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Reading the arguments: ${reason}. Usage: causeway ${usage}`, { cause: error });
  }
}

/** @throws {Error} with every problem of the file. */
function readAnswersFile(file: string): ConnectAnswers {
  let content: string;
  try {
    content = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Reading ${file}: ${reason}. Write the path of a JSON file, or - for standard input.`, {
      cause: error,
    });
  }
  const reading = readAnswers(content);
  if (!reading.ok) {
    throw new Error([`Reading ${file} found problems:`, ...reading.problems.map((line) => `  ${line}`)].join('\n'));
  }
  return reading.answers;
}

interface Within {
  azure: AzureConfig;
  settings: Settings;
  progress: (line: string) => void;
}

async function planFor(asked: ConnectAnswers, within: Within): Promise<Planned> {
  const { settings, progress } = within;
  const azure = await openAzure(within);
  try {
    const arm = createArm({ armUrl: azure.armUrl });
    const found = await findEnvironment(arm, settings.environments, asked.environment);
    if (found.environment === undefined) {
      throw new Error(`Reading the answers found a problem:\n  ${found.problem}`);
    }
    const answers = { ...asked, environment: found.environment.name };
    progress(`Reading ${found.environment.name} and what it is to be connected with…`);
    const seen = await survey(arm, found.environment, answers);
    const choice = chooseMethodFor(answers, seen);
    return 'refused' in choice
      ? { kind: 'refused', findings: choice.refused }
      : planConnection(answers, seen, choice, {}, settings.naming);
  } finally {
    await azure.close();
  }
}

async function openAzure({ azure, progress }: Within): Promise<{ armUrl: string | null; close(): Promise<void> }> {
  if (azure.kind === 'simulator') {
    const { startAzureSimulator } = await import('../../simulators/azure/start.ts');
    const simulator = await startAzureSimulator();
    progress(
      'Azure: a simulator of its own, with the example world. Set ARM_URL or the variables of Azure for another.',
    );
    return { armUrl: simulator.origin, close: () => simulator.close() };
  }
  const armUrl = azure.kind === 'stand-in' ? azure.armUrl : null;
  if (armUrl !== null) {
    progress(`Azure: ${armUrl} (ARM_URL)`);
  }
  return { armUrl, close: () => Promise.resolve() };
}

/** A refusal goes to standard output only where it cannot be taken for a script. */
function printed(planned: Planned, format: Format): Printed {
  if (planned.kind === 'planned') {
    return { exitCode: 0, out: formats[format](planned.plan), err: '' };
  }
  const said = refusalText(planned.findings);
  return {
    exitCode: 3,
    out: format === 'json' ? planJson(planned) : format === 'text' ? said : '',
    err: format === 'json' || format === 'text' ? '' : said,
  };
}
