/** Who signs the tokens of Azure's alerts: one directory for all rigs of this process, since its keys take long to make. */
import { audience, type Entra, startEntra, tenant } from '../support/entra.ts';

let started: Promise<Entra> | null = null;

export function alertLogin(): Promise<Entra> {
  started ??= startEntra();
  return started;
}

export async function alertVariables(): Promise<Record<string, string>> {
  const { origin } = await alertLogin();
  return { AZURE_ALERTS_TENANT_ID: tenant, AZURE_ALERTS_AUDIENCE: audience, AZURE_ALERTS_LOGIN_URL: origin };
}
