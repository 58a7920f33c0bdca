/**
 * The raw environment: which variables there are, and what stands in them. Nothing here is checked yet. This is the only
 * place of the product that reads `process.env` (`@azure/identity` reads its own variables itself).
 */

const variableNames = [
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'DATA_DIR',
  'ANCHOR_DIR',
  'DATABASE_URL',
  'MIGRATE',
  'SETTINGS_FILE',
  'LOG_LEVEL',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_ADDITIONALLY_ALLOWED_TENANTS',
  'IDENTITY_ENDPOINT',
  'MSI_ENDPOINT',
  'AZURE_ALERTS_TENANT_ID',
  'AZURE_ALERTS_AUDIENCE',
  'AZURE_ALERTS_LOGIN_URL',
  'ZENDESK_URL',
  'ZENDESK_OAUTH_CLIENT_ID',
  'ZENDESK_OAUTH_CLIENT_SECRET',
  'ZENDESK_EMAIL',
  'ZENDESK_API_TOKEN',
  'ZENDESK_WEBHOOK_SECRET',
  'MICROSOFT_APP_ID',
  'MICROSOFT_APP_TYPE',
  'MICROSOFT_APP_TENANT_ID',
  'MICROSOFT_APP_PASSWORD',
  'TEAMS_SERVICE_HOSTS',
  'SLACK_SIGNING_SECRET',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'ARM_URL',
  'TEAMS_OPENID_METADATA_URL',
  'TEAMS_LOGIN_URL',
  'TEAMS_LOCAL',
  'SLACK_API_URL',
] as const;

export type VariableName = (typeof variableNames)[number];

/** What the environment says, trimmed. A variable that is empty is not here at all: empty means unset. */
export type RawEnvironment = Readonly<Partial<Record<VariableName, string>>>;

/** Everything that this process was given, for a process that it starts. */
export function inheritedEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export function readEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): RawEnvironment {
  const raw: Partial<Record<VariableName, string>> = {};
  for (const name of variableNames) {
    const value = env[name]?.trim() ?? '';
    if (value !== '') {
      raw[name] = value;
    }
  }
  return raw;
}
