/** Slack comes with a later version; until then its variables are refused, so that nobody waits for an answer there. */
import type { RawEnvironment, VariableName } from './environment.ts';
import type { Report } from './problem.ts';

const platforms: Readonly<Record<'Slack', readonly VariableName[]>> = {
  Slack: ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL'],
};

export function refuseChatPlatforms(raw: RawEnvironment, report: Report): void {
  for (const [platform, names] of Object.entries(platforms)) {
    const set = names.filter((name) => raw[name] !== undefined);
    if (set.length > 0) {
      report(
        set.join(', '),
        `${set.length === 1 ? 'belongs' : 'belong'} to ${platform}, but this version does not speak there yet`,
        `Leave ${set.length === 1 ? 'it' : 'them'} empty.`,
      );
    }
  }
}
