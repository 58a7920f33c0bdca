/** Loads a configuration as a command would, from values instead of a process and a disk. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load.ts';
import type { Mode } from '../../src/config/mode.ts';
import { ConfigError, type Problem } from '../../src/config/problem.ts';

export type Env = Record<string, string>;

export const exampleFile = fileURLToPath(new URL('../../manifest/settings.example.json', import.meta.url));

/** The example's content, fresh for every test that changes it. */
export function exampleJson(): Record<string, unknown> {
  return JSON.parse(readFileSync(exampleFile, 'utf8')) as Record<string, unknown>;
}

/** Everything that production needs, with real services. */
export const realServices: Env = {
  SETTINGS_FILE: exampleFile,
  AZURE_TENANT_ID: 'a-tenant',
  AZURE_CLIENT_ID: 'a-client',
  AZURE_CLIENT_SECRET: 'a-secret',
  ZENDESK_URL: 'https://acme.zendesk.com/api/v2',
  ZENDESK_OAUTH_CLIENT_ID: 'an-oauth-client',
  ZENDESK_OAUTH_CLIENT_SECRET: 'an-oauth-secret',
};

export const standIns: Env = {
  SETTINGS_FILE: exampleFile,
  ARM_URL: 'http://127.0.0.1:4010',
  ZENDESK_URL: 'http://127.0.0.1:4020/api/v2',
};

export function load(mode: Mode, env: Env) {
  return mode === 'demo' ? loadConfig({ mode, env, dataDir: '/fresh' }) : loadConfig({ mode, env });
}

/** Every problem that keeps this environment from starting; empty when it starts. */
export function problemsOf(mode: Mode, env: Env): readonly Problem[] {
  try {
    load(mode, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
}

export function whereOf(mode: Mode, env: Env): string[] {
  return problemsOf(mode, env).map((problem) => problem.where);
}
