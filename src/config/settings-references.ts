/**
 * What one part of the settings says about another. It reads the file as it was written and skips what has no usable
 * shape, so that a wrong key in one place does not hide a wrong name in another.
 */
import { z } from 'zod/v4';
import type { Report } from './problem.ts';

const word = z.string().catch('');
const words = z.array(word).catch([]);
const person = z.object({
  id: word,
  roles: words,
  calendar: word,
  entra: z.object({ tenant: word, objectId: word }).nullable().catch(null),
  slack: z.object({ team: word, user: word }).nullable().catch(null),
});
const sketch = z.object({
  people: sketchList(person),
  environments: sketchList(z.object({ name: word, mayRequest: words })),
  onCall: sketchList(z.object({ name: word, people: words, overrides: sketchList(z.object({ person: word })) })),
  approvals: sketchList(z.object({ rotation: word })),
  calendars: z.record(z.string(), z.unknown()).catch({}),
  clock: z.object({ escalateTo: word }).catch({ escalateTo: '' }),
  channels: sketchList(z.object({ platform: word, id: word, for: words })),
});
type Sketch = z.infer<typeof sketch>;

/** An entry that is no object stays in the list as null, so that positions are still those of the file. */
function sketchList<Item extends z.ZodType>(item: Item) {
  return z.array(item.nullable().catch(null)).catch([]);
}

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

function checkApprovals(settings: Sketch, report: Report): void {
  for (const [index, rule] of settings.approvals.entries()) {
    checkRotation(settings, `approvals[${index}].rotation`, rule?.rotation ?? '', report);
    const rotation = settings.onCall.find((entry) => entry !== null && entry.name === rule?.rotation);
    checkApprovers(settings, rotation?.people ?? [], `approvals[${index}].rotation`, report);
  }
}

function checkRotation(settings: Sketch, path: string, name: string, report: Report): void {
  const known = settings.onCall.map((rotation) => rotation?.name ?? '').filter((entry) => entry !== '');
  if (name !== '' && !known.includes(name)) {
    const instead = known.length === 0 ? 'Add the rotation under onCall first.' : `Write one of ${known.join(', ')}.`;
    report(path, `${JSON.stringify(name)} is no rotation under onCall`, instead);
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

/** Whoever is asked has to be allowed to answer. */
function checkApprovers(settings: Sketch, asked: readonly string[], path: string, report: Report): void {
  for (const found of settings.people) {
    if (found !== null && asked.includes(found.id) && !found.roles.some((role) => /^approver(?::|$)/.test(role))) {
      const name = JSON.stringify(found.id);
      report(
        path,
        `asks ${name}, who has no role to decide`,
        `Give ${name} the role approver, or take ${name} out of the rotation.`,
      );
    }
  }
}

function idsOf(settings: Sketch): string[] {
  return settings.people.map((entry) => entry?.id ?? '').filter((id) => id !== '');
}
