/**
 * The evidence of a case as one page that needs nothing else: no script, no picture, no net. It reads from the first word
 * to the proof, and ends with the hashes by which the file beside it can be checked.
 */
import type { CaseEvidence, Check } from '../export/evidence.ts';
import { erasureText } from '../story/erasures.ts';
import { rangesText } from '../story/words.ts';
import type { MessageTold, Story } from '../story/model.ts';
import { html, type Markup, trusted } from './markup.ts';
import { chaptersMarkup, factsMarkup, listMarkup, peopleMarkup } from './parts.ts';
import {
  checkMarkup,
  decisionMarkup,
  messageMarkup,
  planMarkup,
  proofMarkup,
  ticketMarkup,
  verdictMarkup,
  writeMarkup,
} from './sections.ts';
import { style } from './style.ts';
import { type Clock, dateTimeMarkup } from './times.ts';

export interface PageRequest {
  evidence: CaseEvidence;
  story: Story;
  /** The exported file beside it, with its SHA-256. */
  file: { name: string; sha256: string };
  sealedBy: string;
}

interface Section {
  id: string;
  title: string;
  body: Markup;
}

export function renderPage(request: PageRequest): string {
  const { evidence, story } = request;
  const clock: Clock = { zone: story.zone };
  const sections = [...storySections(story, clock), chainSection(request)];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${story.title} · evidence of ${story.caseId}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#story">To the story</a>
<header>
<p class="kind">Evidence of a case, as Causeway recorded it</p>
<h1 dir="auto">${story.title}</h1>
<p>Case <code>${story.caseId}</code>, from ${dateTimeMarkup(story.from, clock)} to ${dateTimeMarkup(story.to, clock)}.</p>
${bannerMarkup(evidence.checks)}
${factsMarkup(story.facts)}
<p class="dim">Times are those of ${story.zone}, with UTC beside. Exported ${dateTimeMarkup(evidence.exportedAt, clock)}.</p>
<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main>${sections.map(({ id, title, body }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`)}</main>
</body>
</html>
`;
  return page.markup;
}

/** First thing that a reader sees: whether they may believe the rest. */
function bannerMarkup(checks: readonly Check[]): Markup {
  const bad = checks.filter(({ good }) => good === false).length;
  return bad === 0
    ? html`<p class="banner good">✓ The record holds: no entry was changed, taken out or put in.</p>`
    : html`<p class="banner bad" role="alert">✕ The record does not hold: ${bad} of ${checks.length} checks found something. See “Can it be believed?”.</p>`;
}

function storySections(story: Story, clock: Clock): Section[] {
  const { chapters, verdicts, plans, decisions, writes, proofs, ticket, messages, people, erasures } = story;
  const sections: (Section | null)[] = [
    people.length === 0 ? null : { id: 'people', title: 'Who took part', body: peopleMarkup(people) },
    {
      id: 'story',
      title: 'What happened',
      body: html`${erasures.map(
        (erasure) =>
          html`<p class="open">The content of ${erasure.entries.length === 1 ? 'entry' : 'entries'} ${rangesText(erasure.entries)} was ${erasureText(erasure, clock.zone)}. That it was there is still certain.</p>`,
      )}${chaptersMarkup(chapters, clock)}`,
    },
    listed('verdict', 'The verdict and its rows', verdicts, (verdict) => verdictMarkup(verdict, clock)),
    listed('plan', 'The plan', plans, (plan) => planMarkup(plan, clock)),
    listed('decision', 'The decision', decisions, (decision) => decisionMarkup(decision, clock)),
    listed('writes', 'What was written in Azure', writes, (write, index) => writeMarkup(write, index, clock)),
    listed('proof', 'The proof', proofs, (proof) => proofMarkup(proof, clock)),
    ticket === null ? null : { id: 'ticket', title: 'The ticket', body: ticketMarkup(ticket, clock) },
    listed('messages', 'Every message and every edit', byName(messages), (revisions) =>
      messageMarkup(revisions, clock),
    ),
  ];
  return sections.filter((section) => section !== null);
}

/** In the order in which they were posted first. */
function byName(messages: readonly MessageTold[]): MessageTold[][] {
  return [...Map.groupBy(messages, ({ name, where }) => `${where} ${name}`).values()];
}

function listed<T>(
  id: string,
  title: string,
  all: readonly T[],
  show: (one: T, index: number) => Markup,
): Section | null {
  return all.length === 0 ? null : { id, title, body: html`${all.map(show)}` };
}

function chainSection({ evidence, file, sealedBy }: PageRequest): Section {
  const { entries, checks, anchors, keyName } = evidence;
  const body = html`<p>Every entry holds the hash of the one before it, so that nothing can be changed, taken out or put in without all that follows being made anew. Anchors over all cases leave the database.</p>
<ul class="checks">${checks.map(({ good, text }) => checkMarkup(good, text))}</ul>
<p>To check it again: <code>causeway audit verify --file ${file.name}</code>. That file holds every entry word for word.</p>
${listMarkup([
  `SHA-256 of the file: ${file.sha256}`,
  `Sealed by: ${sealedBy}`,
  `Digests made with the key named: ${keyName}`,
  `Anchors that name this case: ${
    anchors
      .filter(({ moved }) => moved !== null)
      .map(({ seq }) => seq)
      .join(', ') || 'none yet'
  }`,
])}
<table><caption>The entries</caption><thead><tr><th scope="col">No.</th><th scope="col">When, as it was hashed</th><th scope="col">What</th><th scope="col">Hash</th></tr></thead>
<tbody>${entries.map(
    ({ seq, at, type, hash }) =>
      html`<tr id="entry-${seq}"><td data-label="No.">${seq}</td><td data-label="When" class="hash">${at}</td><td data-label="What" class="line">${type}</td><td data-label="Hash" class="hash">${hash}</td></tr>`,
  )}</tbody></table>`;
  return { id: 'chain', title: 'Can it be believed?', body };
}
