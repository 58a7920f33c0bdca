/** What somebody may write to make the bot show a link, a picture, a mention or a formula in their name. */
export const hostile: readonly (readonly [string, string])[] = [
  ['a disguised link', '[Approve here](https://evil.example)'],
  ['a picture', '![x](https://evil.example/x.png)'],
  ['HTML', '<img src=x onerror=alert(1)><b>bold</b><script>1</script>'],
  ['a mention', '<at>everyone</at>'],
  ['a date formula', '{{DATE(2020-01-01T00:00:00Z, SHORT)}}'],
  ['a template', '${$root.secret} ${1+1}'],
  ['emphasis', '**bold** __bold__ _it_ *it* ~~gone~~ `code`'],
  ['entities', '&lt;b&gt; &amp;copy; &#91;'],
  ['a table', '| a | b |\n|---|---|\n| 1 | 2 |'],
  ['blocks', '# head\n> quote\n- item\n+ item\n1. one\n2) two\n---\n===\n    code\n\tcode'],
  ['fences', '```\ncode\n```\n~~~\ncode\n~~~'],
  ['backslashes', 'C:\\temp\\*new* \\[x\\]'],
];

/** Marks that nobody sees, and what is left without them. */
export const invisible: readonly (readonly [string, string, string])[] = [
  ['a reversed name', 'gnp.\u202Ecod.exe', 'gnp.cod.exe'],
  ['isolates', '\u2066evil\u2069', 'evil'],
  ['zero-width spaces', 'Ros\u200Ba\uFEFF', 'Rosa'],
  ['joiners between letters', 'Ro\u200Dsa\u200C', 'Rosa'],
  ['direction marks', '\u200Eabc\u200F\u061C', 'abc'],
  ['tags', `a\u{E0041}\u{E007F}b`, 'ab'],
  ['fillers', 'a\u3164\u2060\u00ADb', 'ab'],
  ['control characters', 'a\u0000\u0007b', 'ab'],
  ['a picture of several', '👩\u200D💻', '👩\u200D💻'],
  ['Persian', 'می\u200Cخواهم', 'می\u200Cخواهم'],
];
