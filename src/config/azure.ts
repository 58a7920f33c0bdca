/** Which Azure the bot speaks to, and whether it can sign in there. */
import { checkStandIn, readUrl } from './address.ts';
import type { RawEnvironment, VariableName } from './environment.ts';
import type { Mode } from './mode.ts';
import type { Report } from './problem.ts';

export type AzureConfig =
  /** Requests to the public endpoint go to this origin instead; no real credential is read. */
  | { kind: 'stand-in'; armUrl: string }
  /** Real Azure; `@azure/identity` finds the credential in its own variables. */
  | { kind: 'azure' }
  /** The command starts a simulator of its own. */
  | { kind: 'simulator' };

export function readAzure(raw: RawEnvironment, mode: Mode, host: string, report: Report): AzureConfig {
  if (raw.ARM_URL !== undefined) {
    return readStandIn(raw.ARM_URL, host, report);
  }
  if (mode !== 'serve') {
    return { kind: 'simulator' };
  }
  checkIdentity(raw, report);
  return { kind: 'azure' };
}

const identityVariables = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
  'IDENTITY_ENDPOINT',
  'MSI_ENDPOINT',
] as const satisfies readonly VariableName[];

/** For a command that listens to nobody: the real Azure as soon as anything of it is configured. */
export function readAzureToPlan(raw: RawEnvironment, report: Report): AzureConfig {
  const isConfigured = identityVariables.some((name) => raw[name] !== undefined);
  return readAzure(raw, isConfigured ? 'serve' : 'start', '127.0.0.1', report);
}

function readStandIn(value: string, host: string, report: Report): AzureConfig {
  const url = readUrl('ARM_URL', value, 'http://127.0.0.1:4010', report);
  if (url === null) {
    return { kind: 'simulator' };
  }
  checkStandIn('ARM_URL', url, host, report);
  if (url.pathname !== '/') {
    report('ARM_URL', 'has a path, but stands for the host management.azure.com', `Write ${url.origin} alone.`);
  }
  return { kind: 'stand-in', armUrl: url.origin };
}

const proofs = [
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
] as const satisfies readonly VariableName[];
/** A managed identity needs a client id at most; everything else needs tenant, client and a proof, or is half done. */
function checkIdentity(raw: RawEnvironment, report: Report): void {
  const hasProof = proofs.some((name) => raw[name] !== undefined);
  const managed = raw.IDENTITY_ENDPOINT !== undefined || raw.MSI_ENDPOINT !== undefined;
  const clientAlone = raw.AZURE_CLIENT_ID !== undefined && raw.AZURE_TENANT_ID === undefined;
  if (!hasProof && (managed || clientAlone)) {
    return;
  }
  const missing: VariableName[] = [
    ...(raw.AZURE_TENANT_ID === undefined ? (['AZURE_TENANT_ID'] as const) : []),
    ...(raw.AZURE_CLIENT_ID === undefined ? (['AZURE_CLIENT_ID'] as const) : []),
    ...(hasProof ? [] : (['AZURE_CLIENT_SECRET'] as const)),
  ];
  if (missing.length > 0) {
    const [verb, them] = missing.length === 1 ? ['is', 'it'] : ['are', 'them'];
    report(
      missing.join(', '),
      `${verb} not set, so the bot cannot sign in to Azure`,
      `Set ${them} (a certificate in AZURE_CLIENT_CERTIFICATE_PATH or a token in AZURE_FEDERATED_TOKEN_FILE stands for the secret); for a managed identity set AZURE_CLIENT_ID alone; to try the bot without Azure use “causeway start”.`,
    );
  }
}
