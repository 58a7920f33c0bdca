/**
 * Plays both jobs through the real HTTP surfaces and checks the simulated world at the end. The scenarios stand in one
 * list; one that is not built is missing from it, not pretended.
 */
import { openChat } from './chat.ts';
import { playPeering } from './play-connect.ts';
import { playTicket } from './play-ticket.ts';
import { type Launch, launch, type Processes } from './processes.ts';
import { createRecord, type ScenarioResult } from './record.ts';
import type { Stage } from './stage.ts';
import { openTeamsChat } from './teams-chat.ts';
import { openWorld } from './world.ts';

const scenarios: readonly { name: string; play: (stage: Stage) => Promise<void> }[] = [
  { name: 'apps-by-peering', play: playPeering },
  { name: 'ticket-life', play: playTicket },
];

export interface DemoResult {
  ok: boolean;
  seconds: number;
  scenarios: ScenarioResult[];
}

/** @param write Takes one line of the transcript. */
export async function runDemo(options: Launch, write: (line: string) => void): Promise<DemoResult> {
  const started = performance.now();
  const processes = await launch(options);
  try {
    const results: ScenarioResult[] = [];
    for (const scenario of scenarios) {
      results.push(await playOne(scenario, processes, write));
    }
    return { ok: results.every((result) => result.ok), seconds: secondsSince(started), scenarios: results };
  } finally {
    await processes.stop();
  }
}

async function playOne(
  scenario: (typeof scenarios)[number],
  { armUrl, botUrl, teamsUrl, zendeskUrl }: Processes,
  write: (line: string) => void,
): Promise<ScenarioResult> {
  const started = performance.now();
  const record = createRecord(write);
  const chat = teamsUrl === null ? openChat(botUrl) : openTeamsChat(teamsUrl);
  const stage: Stage = { record, chat, world: openWorld(armUrl, zendeskUrl) };
  try {
    await scenario.play(stage);
  } catch (error) {
    record.check('The scenario runs to its end', false, error instanceof Error ? error.message : String(error));
  }
  const checks = record.checks();
  return {
    scenario: scenario.name,
    ok: checks.length > 0 && checks.every((check) => check.ok),
    seconds: secondsSince(started),
    checks,
  };
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}
