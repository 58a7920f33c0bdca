/** Values that people write as numbers: a Mendix version, and since when something is wrong. */
import type { Matched } from './understand.ts';

const number = String.raw`v?(?<version>\d{1,2}(?:\.\d{1,5}){0,3})(?![\d.]*\.\d|\d)`;

/** Right behind the product's name any number is its version, but "mendix 10 apps" are ten apps. */
const named = new RegExp(
  String.raw`\b(?:mendix|mx|studio pro)[\s:=]*(?:versions?|runtime|release|lts|to|is)?[\s:=]*${number}(?!\s*(?:apps?|environments?|nodes?|users?|times)\b)`,
  'giu',
);
/** "postgres 15.4" and "10.8.0.4" are something else, so elsewhere it takes a word that says so, and two or three parts. */
const placed = new RegExp(
  String.raw`\b(?:runtime version|runtime|version|verison|vesion|(?:we|app|apps|it|is|are|['’]re|still|currently|now|running|runs|run|live|remain) (?:on|at|still on)|(?:built|made|compiled|created|developed|written|modelled|modeled) (?:with|in|on))[\s:=]*${number}`,
  'giu',
);
const upgraded =
  /\b(?:upgraded|updated|migrated|moved|went)\b[^.;!?\n]*?\bfrom\s+(?:mendix |mx )?\d+(?:\.\d+)+\s+to\s+(?:mendix |mx )?(?<version>\d{1,2}(?:\.\d{1,5}){1,3})/giu;
/** Numbers that are no version yet: "we plan to upgrade to Mendix 10.18". */
const planned =
  /\b(?:upgrad(?:e|ing)|updat(?:e|ing)|mov(?:e|ing)|migrat(?:e|ing)|go|going|switch(?:ing)?|chang(?:e|ing))\s+(?:\S+ ){0,3}?to\s+(?:the |version )?$/iu;
const otherProduct =
  /\b(?:aks|kubernetes|k8s|postgres\w*|postgresql|java|jdk|jre|node(?:js)?|nginx|helm|tls|ssl|openssl|operator|agent|grafana|windows|ubuntu|chrome|firefox|edge|android|ios|python|terraform|cli|api|server|os|kernel|docker|database|db|sql|module|widget|library)\s*(?:is|are|version|on|v)?\s*(?:on|at|version)?\s*$/iu;
const ownVersion = /^\s*of (?:our|the|my|this)\b/iu;

const bound = /\b(?:requires?|needs?|minimum|at least|from|before|since|until|than|supports?)\s+$/iu;
const boundAfter = /^\s*(?:\+|or (?:higher|newer|later|above|lower|older|up))/iu;

/** Majors that exist; a plain "2.1" is the version of something else. */
const oldestMajor = 5;
const newestMajor = 12;
/** A version of four parts ends with the number of the build, an IP address does not. */
const largestAddressPart = 255;

export function readVersions(text: string): Matched[] {
  const moved = matches(upgraded, text);
  const found = moved.length > 0 ? moved : [...matches(named, text), ...matches(placed, text).filter(isPlausible)];
  const said = found.filter(({ index, all }) => isPresent(text.slice(0, index), all, text.slice(index + all.length)));
  const versions = new Set(said.map(({ version }) => version));
  const [first] = said;
  return first === undefined || versions.size > 1
    ? []
    : [{ key: 'mendixVersion', value: first.version, words: first.all }];
}

interface Found {
  index: number;
  all: string;
  version: string;
}

function matches(pattern: RegExp, text: string): Found[] {
  return [...text.matchAll(pattern)].map((match) => ({
    index: match.index,
    all: match[0],
    version: match.groups?.['version'] ?? '',
  }));
}

function isPlausible({ version }: Found): boolean {
  const [major = 0, ...rest] = version.split('.').map(Number);
  return (
    major >= oldestMajor &&
    major <= newestMajor &&
    (rest.length === 1 || rest.length === 2 || (rest[2] ?? 0) > largestAddressPart)
  );
}

function isPresent(before: string, all: string, after: string): boolean {
  return (
    !planned.test(before) &&
    !bound.test(before) &&
    !boundAfter.test(after) &&
    !otherProduct.test(`${before}${all.replace(/[\s:=]*v?\d[\d.]*$/u, '')}`) &&
    !ownVersion.test(after)
  );
}

const since = String.raw`\b(?:since|seit|sinds|vanaf|as of)\b[\s:=~]*`;
const about = String.raw`(?:(?:about|around|roughly|approximately|approx\.?|ca\.?|circa|etwa|gegen|ongeveer|rond)[\s~]+)?(?:at )?~?`;
const weekday = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag`;
const month = String.raw`(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*`;
const dayPart = String.raw`(?:morning|afternoon|evening|night|noon|lunch|midnight|morgen|mittag|nachmittag|abend|nacht|ochtend|middag|avond)`;
const day = String.raw`(?:(?:(?:this|last|yesterday|today|tonight|heute|gestern|vandaag|gisteren|vanochtend|the|${weekday})\s+)?(?:${dayPart}|${weekday}|week(?:end)?)|yesterday|today|tonight|heute|gestern|vandaag|gisteren|vanochtend)`;

const today = /^(?:today|heute|vandaag)$/iu;
const clockTime = new RegExp(
  String.raw`${since}${about}(\d{1,2})(?:[:.h](\d{2}))?(?:\s*(am|pm|a\.m\.|p\.m\.))?(?!\s*(?:min|hour|hr|h\b|day|week|month|year|second|st\b|nd\b|rd\b|th\b|${month}\b)|\.\s*\d|[\d:./-]*\d)(?:\s*(?:uhr|uur|o['’]clock|utc|cet|cest|gmt)\b)?(?:\s+((?:on )?${day})\b)?`,
  'iu',
);
const calendarDay = new RegExp(
  String.raw`${since}(${day}(?:[ ,]+(?:at |around |about |~)*\d{1,2}(?:[:.]\d{2})?(?:\s*[ap]m)?(?![\d.:]*\d))?|\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2})?|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|(?:the )?\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?${month}|${month} \d{1,2})\b(?!\s*(?:min|hour|hr|h\b|day|week|month|year|second))`,
  'iu',
);

/** HH:MM, as in "since 8" or "since 8:15 pm", or a day as it was written; null when neither is. */
export function readSince(text: string): string | null {
  return readClock(text) ?? calendarDay.exec(text)?.[1] ?? null;
}

function readClock(text: string): string | null {
  const match = clockTime.exec(text);
  if (match === null) {
    return null;
  }
  const [all, hourText = '', minuteText = '00', half = '', on = ''] = match;
  const hour = Number(hourText) + hoursToAdd(Number(hourText), half.toLowerCase());
  const minute = Number(minuteText);
  if (hour > 23 || minute > 59 || isDate(hourText, minuteText, all, text.slice(match.index + all.length))) {
    return null;
  }
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return on === '' || today.test(on) ? time : `${time} ${on}`;
}

/** "since 10.10. nothing works" is a day; "since 7.30" is a time, for there is no thirtieth month. */
function isDate(hour: string, minute: string, all: string, after: string): boolean {
  return all.includes(`${hour}.${minute}`) && Number(minute) <= 12 && Number(minute) > 0 && after.startsWith('.');
}

function hoursToAdd(hour: number, half: string): number {
  if (half.startsWith('p')) {
    return hour < 12 ? 12 : 0;
  }
  return half.startsWith('a') && hour === 12 ? -12 : 0;
}
