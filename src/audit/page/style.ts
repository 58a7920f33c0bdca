/** The looks of the page: one column to read, light and dark by the reader's own choice, A4 on paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --dim: #57606a; --line: #d0d7de; --paper: #ffffff; --soft: #f4f6f8;
  --good: #116329; --bad: #a40e26; --open: #7a4b00; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --dim: #a4adb7; --line: #3a424b; --paper: #14171a; --soft: #1f2429;
    --good: #6fdd8b; --bad: #ff9492; --open: #f0b94f; --link: #79b8ff; }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.25rem 0 0.5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 0.5rem; }
h4 { font-size: 1rem; margin: 1rem 0 0.25rem; }
p { margin: 0.5rem 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
.kind, small, .dim { color: var(--dim); }
small { font-size: 0.8125rem; white-space: nowrap; }
small a { color: inherit; }
.kind { margin: 0; }
dl.facts { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: 0.35rem 1rem; margin: 1rem 0; padding: 1rem; background: var(--soft); border-radius: 6px; }
dl.facts dt { color: var(--dim); }
dl.facts dd { margin: 0; font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
ol.story, ul.plain { list-style: none; margin: 0; padding: 0; }
ol.story > li { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 1rem; padding: 0.6rem 0; border-top: 1px solid var(--line); }
ol.story > li:first-child { border-top: 0; }
ol.story time small { display: block; }
.told > :first-child { margin-top: 0; }
blockquote { margin: 0.35rem 0; padding: 0.35rem 0.75rem; border-left: 3px solid var(--line); background: var(--soft); white-space: pre-wrap; unicode-bidi: plaintext; }
.note { margin: 0.4rem 0 0; }
.note ul, .list { margin: 0.15rem 0 0.4rem; padding-left: 1.25rem; }
pre { margin: 0.35rem 0; padding: 0.6rem 0.75rem; background: var(--soft); border-radius: 4px; font: 0.8125rem/1.45 ui-monospace, Consolas, Menlo, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
code, .hash { font: 0.8125rem/1.45 ui-monospace, Consolas, Menlo, monospace; }
.step { border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 1rem; margin: 0.75rem 0; }
.step h3, .step h4 { font-size: 1rem; margin: 0 0 0.25rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; }
.pair > div { min-width: 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
caption { text-align: left; color: var(--dim); padding: 0.25rem 0; }
th, td { overflow-wrap: break-word; }
td.line { white-space: nowrap; }
tr:target { background: var(--soft); }
.hash { overflow-wrap: anywhere; }
.revision { border-top: 1px solid var(--line); padding: 0.4rem 0; }
.note li { white-space: pre-line; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--dim); font-weight: 600; }
summary { cursor: pointer; }
ul.checks { list-style: none; padding: 0; }
ul.checks li { padding-left: 1.75rem; text-indent: -1.75rem; margin: 0.35rem 0; }
ul.checks .sign { display: inline-block; width: 1.75rem; text-indent: 0; font-weight: 700; }
.banner { padding: 0.6rem 1rem; border: 1px solid currentcolor; border-radius: 6px; font-weight: 600; }
@media (max-width: 40rem) {
  body { padding: 1rem 0.875rem 3rem; }
  h1 { font-size: 1.35rem; }
  dl.facts { grid-template-columns: 1fr; gap: 0; padding: 0.75rem 0.875rem; }
  dl.facts dd { margin-bottom: 0.5rem; }
  ol.story > li { grid-template-columns: 1fr; }
  ol.story time small { display: inline; }
  .pair { grid-template-columns: 1fr; }
  table, caption, tbody, tr, td { display: block; }
  thead { position: absolute; left: -100vw; }
  tr { border-top: 1px solid var(--line); padding: 0.35rem 0; }
  td { border: 0; padding: 0.1rem 0; }
  td::before { content: attr(data-label) " "; color: var(--dim); }
}
@media print {
  @page { size: A4; margin: 18mm 16mm 20mm; }
  :root { color-scheme: light; --ink: #000; --dim: #444; --line: #bbb; --paper: #fff; --soft: #f4f4f4;
    --good: #0b4f20; --bad: #8a0b20; --open: #5c3800; --link: #000; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  h2, h3, h4 { break-after: avoid; }
  ol.story > li, .step, tr, dl.facts, li, blockquote { break-inside: avoid; }
  .step, blockquote { break-inside: auto; }
  pre { white-space: pre-wrap; }
  details:not([open]) { display: none; }
  a { text-decoration: none; }
}
`;
