/**
 * Plays both jobs through the real HTTP surfaces and checks the simulated world at the end. The scenarios stand in one
 * list; one that is not built is missing from it, not pretended.
 */
import { openPlatform } from './platform.ts';
import { playPeering } from './play-connect.ts';
import { playDatabase } from './play-database.ts';
import { playDnsServers } from './play-dns.ts';
import { playPrivateLink } from './play-private-link.ts';
import { playService } from './play-service.ts';
import { playTicket } from './play-ticket.ts';
import { type Launch, launch, type Processes } from './processes.ts';
import { createRecord, type ScenarioResult } from './record.ts';
import type { Stage } from './stage.ts';
import { openWorld } from './world.ts';

const scenarios: readonly { name: string; play: (stage: Stage) => Promise<void> }[] = [
  { name: 'apps-by-peering', play: playPeering },
  { name: 'apps-by-private-link', play: playPrivateLink },
  { name: 'service-by-endpoint', play: playService },
  { name: 'dns-servers', play: playDnsServers },
  { name: 'database-read', play: playDatabase },
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
  { armUrl, botUrl, platform, zendeskUrl }: Processes,
  write: (line: string) => void,
): Promise<ScenarioResult> {
  const started = performance.now();
  const record = createRecord(write);
  const stage: Stage = { record, chat: openPlatform(platform, botUrl), world: openWorld(armUrl, zendeskUrl) };
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
