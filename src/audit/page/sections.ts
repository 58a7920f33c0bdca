/** The parts of the page that show: verdict, plan, decision, writes, proof, ticket, messages. */
import type {
  Body,
  DecisionTold,
  EvidenceTold,
  MessageTold,
  PlanTold,
  ProofTold,
  TicketTold,
  VerdictTold,
  WriteTold,
} from '../story/model.ts';
import { html, type Markup, nothing, trusted } from './markup.ts';
import { entryLink, listMarkup } from './parts.ts';
import { type Clock, dateTimeMarkup, timeMarkup } from './times.ts';

export function verdictMarkup(verdict: VerdictTold, clock: Clock): Markup {
  return html`<h3>${capital(verdict.headline)}</h3><p>${dateTimeMarkup(verdict.at, clock)} ${entryLink(verdict.seq)}</p>
<dl class="facts">${verdict.ratings.map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl>
<p>It rests on, in this order:</p>${listMarkup(verdict.because)}
${verdict.overrides.length === 0 ? nothing : html`<p>Changed by people:</p>${listMarkup(verdict.overrides)}`}
<p class="dim">Tables of version ${verdict.tablesVersion}.</p>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function planMarkup(plan: PlanTold, clock: Clock): Markup {
  return html`<h3>${capital(plan.headline)}</h3><p>${dateTimeMarkup(plan.at, clock)} ${entryLink(plan.seq)}</p>
<p>Hash <span class="hash">${plan.hash}</span></p>
${section('Because', plan.because)}${section('What the checks found', plan.findings)}
${section('Who gains reach', plan.reach)}${section('What it promises', plan.promises)}
<h4>Steps</h4>${plan.steps.map(
    (step, index) => html`<div class="step"><h4>${index + 1}. ${step.title}</h4>
<p class="dim">${capital(step.change)} · <code>${step.resource}</code></p>
<div class="pair"><div><span class="dim">Before</span>${bodyMarkup(step.before)}</div>
<div><span class="dim">After</span>${bodyMarkup(step.after)}</div></div></div>`,
  )}`;
}

function section(title: string, lines: readonly string[]): Markup {
  return lines.length === 0 ? nothing : html`<h4>${title}</h4>${listMarkup(lines)}`;
}

function bodyMarkup(body: Body): Markup {
  return 'json' in body ? html`<pre>${body.json}</pre>` : html`<p>${body.words}</p>`;
}

function jsonMarkup(json: string | null, none: string): Markup {
  return json === null ? html`<p>${none}</p>` : html`<pre>${json}</pre>`;
}

export function decisionMarkup(decision: DecisionTold, clock: Clock): Markup {
  const { status, decidedBy, decidedAt, reason, authority, refused, planHash, shown, risk, needs, votes } = decision;
  return html`<h3>${capital(status)}${decidedBy === '' ? '' : ` by ${decidedBy}`}${decision.about === '' ? '' : `: ${decision.about}`}</h3><dl class="facts">
<dt>Asked for by</dt><dd>${decision.requestedBy}</dd>
<dt>Asked at</dt><dd>${dateTimeMarkup(decision.askedAt, clock)}</dd>
<dt>Asked first</dt><dd>${decision.asked === '' ? 'everybody who may decide' : decision.asked}</dd>
<dt>Would expire</dt><dd>${dateTimeMarkup(decision.expiresAt, clock)}</dd>
${risk.length === 0 ? nothing : html`<dt>Risk</dt><dd>${riskText(risk)}</dd>`}
${needs.length === 0 ? nothing : html`<dt>Has to say yes</dt><dd>${needs.join('; ')}</dd>`}
${votes.length === 0 ? nothing : html`<dt>Said yes</dt><dd>${votes.map(({ at, who }) => html`<div>${who}, ${timeMarkup(at, clock)}</div>`)}</dd>`}
<dt>Decided at</dt><dd>${decidedAt === '' ? 'not decided' : dateTimeMarkup(decidedAt, clock)}</dd>
${authority === '' ? nothing : html`<dt>By which right</dt><dd>${capital(authority)}</dd>`}
${reason === '' ? nothing : html`<dt>Reason</dt><dd>${reason}</dd>`}
<dt>About plan</dt><dd class="hash">${planHash}</dd></dl>
${onTheWayMarkup(decision, clock)}${shown.length === 0 ? nothing : html`<p>The card that they decided on:</p><pre>${shown.join('\n')}</pre>`}
${
  refused.length === 0
    ? nothing
    : html`<p>Not let, or too late:</p><ul class="list">${refused.map(
        ({ at, who, because }) => html`<li>${timeMarkup(at, clock)} <strong>${who}</strong>: ${because}</li>`,
      )}</ul>`
}`;
}

/** "High: production; a wildcard" */
function riskText([risk = '', ...because]: readonly string[]): string {
  return because.length === 0 ? risk : `${risk}: ${because.join('; ')}`;
}

function onTheWayMarkup({ onTheWay }: DecisionTold, clock: Clock): Markup {
  return onTheWay.length === 0
    ? nothing
    : html`<p>On the way:</p><ul class="list">${onTheWay.map(
        ({ at, text }) => html`<li>${timeMarkup(at, clock)} ${text}</li>`,
      )}</ul>`;
}

export function writeMarkup(write: WriteTold, index: number, clock: Clock): Markup {
  const { startedAt, finishedAt } = write;
  return html`<div class="step"><h3>${index + 1}. ${write.title}</h3>
<p>${capital(write.status)} · ${dateTimeMarkup(startedAt, clock)}${finishedAt === '' ? nothing : html` to ${timeMarkup(finishedAt, clock)}`} ${entryLink(write.seq)}</p>
<div class="pair"><div><span class="dim">Sent</span>${jsonMarkup(write.request, 'nothing')}</div>
<div><span class="dim">Azure answered</span>${jsonMarkup(write.answer, 'no answer is recorded')}
${write.etag === '' ? nothing : html`<p class="dim">etag <code>${write.etag}</code></p>`}</div></div>
${section('In Azure’s own logs', write.requests)}
${write.error === null ? nothing : html`<p class="bad">✕ It failed:</p><pre>${write.error}</pre>`}</div>`;
}

export function proofMarkup(proof: ProofTold, clock: Clock): Markup {
  return html`<h3>As of ${dateTimeMarkup(proof.at, clock)}</h3><p>${entryLink(proof.seq)}</p>
${evidenceMarkup('Read: Azure says so', proof.read)}
${evidenceMarkup('Computed: it follows from zone, record, links and DNS servers', proof.computed)}
${evidenceMarkup('Observed: somebody has seen it', proof.observed)}
${section('Checks that were handed out', proof.toRun)}`;
}

/** A kind that is empty is shown, too: what nobody has seen is worth knowing. */
function evidenceMarkup(title: string, evidence: readonly EvidenceTold[]): Markup {
  return html`<h4>${title}</h4>${
    evidence.length === 0
      ? html`<p class="dim">Nothing of this kind.</p>`
      : html`<ul class="checks">${evidence.map(({ good, text }) => checkMarkup(good, text))}</ul>`
  }`;
}

export function checkMarkup(good: boolean | null, text: string): Markup {
  const [sign, word, tone] =
    good === true ? ['✓', 'Good', 'good'] : good === false ? ['✕', 'Bad', 'bad'] : ['?', 'Unknown', 'open'];
  return html`<li><span class="sign ${tone}" role="img" aria-label="${word}">${sign}</span>${text}</li>`;
}

export function ticketMarkup(ticket: TicketTold, clock: Clock): Markup {
  const { url } = ticket;
  return html`<h3>${ticket.number === '' ? 'Not opened yet' : `Ticket ${ticket.number}`}: ${ticket.subject}</h3>
${url.startsWith('https://') ? html`<p><a href="${url}">${url}</a></p>` : html`<p class="dim">${url}</p>`}
<h4>What was sent</h4><blockquote dir="auto">${ticket.body}</blockquote>
<h4>Its status at the desk</h4><ul class="list">${ticket.statuses.map(
    ({ at, status }) => html`<li>${dateTimeMarkup(at, clock)}: ${status}</li>`,
  )}</ul>
<h4>What was said</h4>${
    ticket.talk.length === 0
      ? html`<p class="dim">Nothing yet.</p>`
      : ticket.talk.map(
          ({
            at,
            who,
            fromDesk,
            text,
          }) => html`<p>${dateTimeMarkup(at, clock)} <strong>${who}</strong> ${fromDesk ? '(the desk)' : '(from here)'}</p>
<blockquote dir="auto">${text}</blockquote>`,
        )
  }`;
}

/** A message with all its edits; as it stood in the end is shown, the others can be opened. */
export function messageMarkup(revisions: readonly MessageTold[], clock: Clock): Markup {
  const [first] = revisions;
  if (first === undefined) {
    return nothing;
  }
  const reader = first.onlyFor === '' ? '' : `, for ${first.onlyFor} alone`;
  const edits = revisions.length - 1;
  const count = edits === 0 ? '' : `, edited ${edits === 1 ? 'once' : `${edits} times`}`;
  return html`<h3>“${first.name}” in ${first.where}${reader}${count}</h3>${revisions.map((message, index) =>
    revisionMarkup(message, clock, {
      isLast: index === edits,
      saysTheSame: message.text === revisions[index - 1]?.text,
    }),
  )}`;
}

function revisionMarkup(
  message: MessageTold,
  clock: Clock,
  { isLast, saysTheSame }: { isLast: boolean; saysTheSame: boolean },
): Markup {
  const { at, edited, mention, revision, speaker, text, lines, seq } = message;
  const told = mention.length === 0 ? '' : `, to ${mention.join(', ')}`;
  const voice = speaker === '' ? '' : `, in the name of ${speaker}`;
  const head = html`${dateTimeMarkup(at, clock)} ${edited ? `edited (revision ${revision})` : 'posted'}${told}${voice} ${entryLink(seq)}`;
  const words = saysTheSame
    ? html`<span class="dim">in the same words</span>`
    : html`<blockquote dir="auto">${text}</blockquote>`;
  return lines.length === 0
    ? html`<div class="revision">${head}${words}</div>`
    : html`<div class="revision">${head}${words}<details ${isLast ? open : nothing}><summary>The whole card</summary><pre>${lines.join('\n')}</pre></details></div>`;
}

const open = trusted('open');
