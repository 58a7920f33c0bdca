/** The parts of the page that tell: the short of it, the story line by line, the people. */
import type { Chapter, Fact, Moment, PersonTold, Tone } from '../story/model.ts';
import { html, type Markup, nothing } from './markup.ts';
import { type Clock, dayText, timeMarkup } from './times.ts';

const signs: Readonly<Record<Tone, string>> = { good: '✓ ', bad: '✕ ', open: '… ', plain: '' };

export function factsMarkup(facts: readonly Fact[]): Markup {
  return html`<dl class="facts">${facts.map(
    ({ label, text, tone }) => html`<dt>${label}</dt><dd class="${tone}">${signs[tone]}${text}</dd>`,
  )}</dl>`;
}

export function peopleMarkup(people: readonly PersonTold[]): Markup {
  return html`<table><caption>As the settings knew them at the time</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Roles</th><th scope="col">Known by</th></tr></thead>
<tbody>${people.map(
    ({ id, name, roles, identities }) => html`<tr>
<td data-label="Name"><strong>${name}</strong> <span class="dim">(${id})</span></td>
<td data-label="Roles">${roles.length === 0 ? 'none' : roles.join(', ')}</td>
<td data-label="Known by">${identities.join('; ')}</td></tr>`,
  )}</tbody></table>`;
}

/** The day stands where it begins, in whatever chapter that is. */
export function chaptersMarkup(chapters: readonly Chapter[], clock: Clock): Markup {
  let shown = '';
  return html`${chapters.map(
    ({ title, moments }) =>
      html`<h3>${title}</h3><ol class="story">${moments.map((moment) => {
        const day = dayText(moment.at, clock.zone);
        const isNew = day !== shown;
        shown = day;
        return momentMarkup(moment, clock, isNew ? day : null);
      })}</ol>`,
  )}`;
}

function momentMarkup(moment: Moment, clock: Clock, day: string | null): Markup {
  const { seq, at, who, text, quote, notes, tone } = moment;
  return html`<li id="moment-${seq}"><div>${day === null ? nothing : html`<div class="dim">${day}</div>`}${timeMarkup(at, clock)}</div>
<div class="told"><p><span class="${tone}">${signs[tone]}</span><strong>${who}</strong> ${text} ${entryLink(seq)}</p>
${quote === null || quote === '' ? nothing : html`<blockquote dir="auto">${quote}</blockquote>`}
${notes
  .filter(({ lines }) => lines.length > 0)
  .map(
    ({ label, lines }) => html`<div class="note"><span class="dim">${label}</span>${listMarkup(lines)}</div>`,
  )}</div></li>`;
}

/** To the entry's hash, at the end of the page. */
export function entryLink(seq: number): Markup {
  return html`<small><a href="#entry-${seq}">entry ${seq}</a></small>`;
}

export function listMarkup(lines: readonly string[]): Markup {
  return lines.length === 0 ? nothing : html`<ul class="list">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
