/** A translated card as a person in Slack would read it, in plain lines: for a terminal and for reviews. */
import type { Block, Button, InputElement, Modal, Mrkdwn, PlainText, RichText, TableCell } from './block.ts';
import type { BlockKitTranslation } from './to-block-kit.ts';

export function printBlockKit({ blocks, modal, losses }: BlockKitTranslation): string {
  const lost = losses.map(
    ({ path, element, reason }) => `lost: ${path === '' ? 'the card' : path} (${element}): ${reason}`,
  );
  const parts = [printBlocks(blocks), modal === null ? '' : printModal(modal), lost.join('\n')];
  return parts.filter((part) => part !== '').join('\n\n');
}

function printBlocks(blocks: readonly Block[]): string {
  return blocks.map(printBlock).join('\n\n');
}

function printModal({ title, blocks, submit, close }: Modal): string {
  const inside = `${printBlocks(blocks)}\n\n[${close.text}] [${submit.text}]`
    .split('\n')
    .map((line) => `│ ${line}`.trimEnd());
  return [`┌ ${title.text}`, ...inside, '└'].join('\n');
}

function printBlock(block: Block): string {
  switch (block.type) {
    case 'header':
      return `# ${block.text.text}`;
    case 'section':
      return 'fields' in block
        ? printFields(block.fields)
        : `${printText(block.text)}${'accessory' in block ? ' [picture]' : ''}`;
    case 'context':
      return block.elements.map((element) => `  ${printText(element)}`).join('\n');
    case 'divider':
      return '───';
    case 'actions':
      return block.elements.map(printButton).join(' ');
    case 'image':
      return `[picture: ${block.alt_text}]`;
    case 'rich_text':
      return printRich(block);
    case 'table':
      return block.rows.map((row) => row.map(printCell).join(' | ')).join('\n');
    case 'input':
    default:
      return printInput(block);
  }
}

function printText(text: Mrkdwn | PlainText): string {
  if (text.type === 'plain_text') {
    return text.text;
  }
  const shown = text.text.replaceAll(/<([^|<>]+)\|([^<>]+)>/g, '$2 → $1');
  return shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Two in a row, as Slack sets them on a wide screen; longer ones below each other. */
function printFields(fields: readonly (Mrkdwn | PlainText)[]): string {
  const texts = fields.map((field) => printText(field).split('\n'));
  const isShort = texts.flat().every((line) => line.length <= 38);
  if (!isShort) {
    return texts.map((lines) => lines.join('\n')).join('\n');
  }
  const rows = texts.flatMap((left, index) => {
    const right = texts[index + 1] ?? [];
    const height = Math.max(left.length, right.length);
    const lines = Array.from({ length: height }, (_, line) =>
      `${(left[line] ?? '').padEnd(40)}${right[line] ?? ''}`.trimEnd(),
    );
    return index % 2 === 0 ? [lines.join('\n')] : [];
  });
  return rows.join('\n');
}

function printButton({ text, style, url }: Button): string {
  const mark = style === 'primary' ? '▶ ' : style === 'danger' ? '! ' : '';
  return `[${mark}${text.text}${url === undefined ? '' : ` → ${url}`}]`;
}

function printRich({ elements }: RichText): string {
  return elements
    .flatMap((part) => part.elements.map((run) => (run.type === 'link' ? `${run.text} → ${run.url}` : run.text)))
    .join('');
}

function printCell(cell: TableCell): string {
  return cell.type === 'raw_text' ? cell.text : printRich(cell);
}

function printInput({ label, element, hint, optional }: Extract<Block, { type: 'input' }>): string {
  const lines = [
    `${label.text}${optional ? ' (optional)' : ''}`,
    ...printElement(element),
    hint === undefined ? '' : `  ${hint.text}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function printElement(element: InputElement): string[] {
  if (element.type === 'radio_buttons' || element.type === 'checkboxes') {
    const chosen =
      'initial_option' in element
        ? [element.initial_option]
        : 'initial_options' in element
          ? element.initial_options
          : [];
    const values = new Set(chosen?.map((option) => option?.value));
    return element.options.map(({ text, value }) => `  (${values.has(value) ? '•' : ' '}) ${text.text}`);
  }
  const filled = Object.entries(element).flatMap(([key, value]) =>
    key.startsWith('initial_') ? [initialWords(value)] : [],
  );
  const options = 'options' in element ? ` ▾ ${element.options.map(({ text }) => text.text).join(' / ')}` : '';
  const asked = element.placeholder === undefined ? '' : `‹${element.placeholder.text}›`;
  return [`  [ ${filled[0] ?? asked} ]${options}`];
}

function initialWords(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(initialWords).join(', ');
  }
  return typeof value === 'object' && value !== null ? printText((value as { text: PlainText }).text) : String(value);
}
