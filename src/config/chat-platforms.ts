/** Teams and Slack come with a later version; until then their variables are refused, so that nobody waits for an answer there. */
import type { RawEnvironment, VariableName } from './environment.ts';
import type { Report } from './problem.ts';

const platforms: Readonly<Record<'Teams' | 'Slack', readonly VariableName[]>> = {
  Teams: [
    'MICROSOFT_APP_ID',
    'MICROSOFT_APP_TYPE',
    'MICROSOFT_APP_TENANT_ID',
    'MICROSOFT_APP_PASSWORD',
    'TEAMS_SERVICE_HOSTS',
    'TEAMS_OPENID_METADATA_URL',
    'TEAMS_LOGIN_URL',
    'TEAMS_LOCAL',
  ],
  Slack: ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL'],
};

export function refuseChatPlatforms(raw: RawEnvironment, report: Report): void {
  for (const [platform, names] of Object.entries(platforms)) {
    const set = names.filter((name) => raw[name] !== undefined);
    if (set.length > 0) {
      report(
        set.join(', '),
        `${set.length === 1 ? 'belongs' : 'belong'} to ${platform}, but this version speaks on the local page only`,
        `Leave ${set.length === 1 ? 'it' : 'them'} empty.`,
      );
    }
  }
}
