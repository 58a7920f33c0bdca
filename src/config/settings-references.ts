/** What one part of the settings says about another. */
import type { Report } from './problem.ts';
import { checkApprovals, checkFreezes, checkRotation } from './settings-approval-references.ts';
import { type Sketch, sketch } from './settings-sketch.ts';

export function checkReferences(json: unknown, report: Report): void {
  const parsed = sketch.safeParse(json);
  if (!parsed.success) {
    return;
  }
  const settings = parsed.data;
  checkUnique(settings, report);
  checkEnvironments(settings, report);
  checkRotations(settings, report);
  checkApprovals(settings, report);
  checkFreezes(settings, report);
  checkCalendars(settings, report);
}

/** Two people with one directory identity would share their rights; two channels for one purpose would share their posts. */
function checkUnique(settings: Sketch, report: Report): void {
  const { people, environments, onCall, channels } = settings;
  const keep = 'Change or remove one of them.';
  function unique(values: readonly (string | null)[], path: (index: number) => string, what: string): void {
    for (const [index, first] of repeated(values)) {
      report(path(index), `is the same as ${path(first)}, but ${what}`, keep);
    }
  }
  unique(
    people.map((entry) => entry?.id || null),
    (index) => `people[${index}].id`,
    'an id stands for one person',
  );
  unique(
    people.map((entry) => entry?.email.toLowerCase() || null),
    (index) => `people[${index}].email`,
    'two entries for one person could approve for each other',
  );
  unique(
    people.map((entry) => identity(entry?.entra)),
    (index) => `people[${index}].entra`,
    'it is one person’s account',
  );
  unique(
    people.map((entry) => identity(entry?.slack)),
    (index) => `people[${index}].slack`,
    'it is one person’s account',
  );
  unique(
    environments.map((entry) => entry?.name || null),
    (index) => `environments[${index}].name`,
    'a name stands for one environment',
  );
  unique(
    onCall.map((entry) => entry?.name || null),
    (index) => `onCall[${index}].name`,
    'a name stands for one rotation',
  );
  unique(
    settings.freezes.map((entry) => entry?.name || null),
    (index) => `freezes[${index}].name`,
    'a name stands for one freeze',
  );
  unique(
    channels.map((entry) => entry && `${entry.platform}/${entry.id}`),
    (index) => `channels[${index}]`,
    'a channel stands here once',
  );
  const posts = channels.flatMap((entry, index) =>
    (entry?.for ?? []).map((purpose) => ({ key: `${entry?.platform}/${purpose}`, index })),
  );
  unique(
    posts.map((post) => post.key),
    (index) => `channels[${posts[index]?.index}].for`,
    'a platform has one channel for each purpose',
  );
}

function identity(account: Readonly<Record<string, string>> | null | undefined): string | null {
  return account ? Object.values(account).join('/').toLowerCase() : null;
}

/** Pairs of a position and the first one with the same value. */
function repeated(values: readonly (string | null)[]): [number, number][] {
  return values.flatMap((value, index): [number, number][] => {
    const first = values.indexOf(value);
    return value !== null && first < index ? [[index, first]] : [];
  });
}

const roles = /^(?:admin|support|requester|approver(?::.+)?)$/;

function checkEnvironments(settings: Sketch, report: Report): void {
  const known = idsOf(settings);
  for (const [index, environment] of settings.environments.entries()) {
    for (const [at, entry] of (environment?.mayRequest ?? []).entries()) {
      if (entry !== '' && !roles.test(entry) && !known.includes(entry)) {
        report(
          `environments[${index}].mayRequest[${at}]`,
          `${JSON.stringify(entry)} is neither a role nor the id of a person`,
          `Write a role (admin, approver, support, requester) or one of ${known.join(', ')}.`,
        );
      }
    }
  }
}

function checkRotations(settings: Sketch, report: Report): void {
  for (const [index, rotation] of settings.onCall.entries()) {
    for (const [at, id] of (rotation?.people ?? []).entries()) {
      checkPerson(settings, `onCall[${index}].people[${at}]`, id, report);
    }
    for (const [at, override] of (rotation?.overrides ?? []).entries()) {
      checkPerson(settings, `onCall[${index}].overrides[${at}].person`, override?.person ?? '', report);
    }
  }
}

function checkPerson(settings: Sketch, path: string, id: string, report: Report): void {
  const known = idsOf(settings);
  if (id !== '' && !known.includes(id)) {
    report(path, `${JSON.stringify(id)} is nobody under people`, `Write one of ${known.join(', ')}.`);
  }
}

/** The calendar named “support” is there in any case. */
function checkCalendars(settings: Sketch, report: Report): void {
  const known = [...new Set(['support', ...Object.keys(settings.calendars)])];
  for (const [index, entry] of settings.people.entries()) {
    const name = entry?.calendar ?? '';
    if (name !== '' && !known.includes(name)) {
      const what = `${JSON.stringify(name)} is no calendar under calendars`;
      report(`people[${index}].calendar`, what, `Write one of ${known.join(', ')}.`);
    }
  }
  checkRotation(settings, 'clock.escalateTo', settings.clock.escalateTo, report);
}

function idsOf(settings: Sketch): string[] {
  return settings.people.map((entry) => entry?.id ?? '').filter((id) => id !== '');
}
