/** The least that a settings file holds, to be changed by a test. */
import { readSettings, type SettingsReading } from '../../src/config/settings-read.ts';
import type { Settings } from '../../src/config/settings.ts';

export type Json = Record<string, unknown>;

export const tenant = '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10';

export function person(changes: Json = {}): Json {
  return {
    id: 'rosa',
    name: 'Rosa',
    email: `${typeof changes['id'] === 'string' ? changes['id'] : 'rosa'}@example.com`,
    zone: 'Europe/Amsterdam',
    roles: ['requester'],
    ...changes,
  };
}

export function rotation(changes: Json = {}): Json {
  return { name: 'network', zone: 'UTC', start: '2026-01-05T09:00', handover: 'weekly', people: ['rosa'], ...changes };
}

export const environment = {
  name: 'mendix-prod',
  subscription: '1c0a5b1e-7d2f-4a61-9b3e-000000000001',
  managedResourceGroup: 'mrg-mendix-prod',
  domainSuffix: 'azure.mendixapps.io',
  mayRequest: ['requester', 'rosa'],
};

export function settings(changes: Json = {}): Json {
  return { people: [person()], environments: [environment], ...changes };
}

/** `path: what. instead` of every problem. */
export function settingsProblems(json: unknown): string[] {
  const reading = readJson(json);
  return reading.ok ? [] : reading.problems.map(({ where, what, instead }) => `${where}: ${what}. ${instead}`);
}

export function accepted(json: unknown): Settings {
  const reading = readJson(json);
  if (!reading.ok) {
    throw new Error(JSON.stringify(reading.problems));
  }
  return reading.settings;
}

function readJson(json: unknown): SettingsReading {
  return readSettings('settings.json', () => JSON.stringify(json));
}
