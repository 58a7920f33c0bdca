/**
 * What Slack takes, from its Block Kit reference. Lengths are UTF-16 units of the finished text, after escaping, which
 * is never less than what Slack counts.
 */
export const limits = {
  messageBlocks: 50,
  /** Of a modal and of the App Home. */
  viewBlocks: 100,
  /**
   * All blocks of a message together, as JSON. Undocumented: chat.postMessage answers `msg_blocks_too_long` from about
   * 13,200 on, and counts more than the words (slackapi/bolt-js#2509, #2867).
   */
  messageLength: 13_000,
  /** A view may have 250 kB; the rest is for what is around the blocks. */
  viewBytes: 240_000,
  sectionText: 3_000,
  fieldText: 2_000,
  fields: 10,
  contextText: 2_000,
  headerText: 150,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  accessibilityLabel: 75,
  /** A link inside a text shares the text's limit with its label. */
  textLinkUrl: 1_500,
  /** Of a button or a picture. */
  url: 3_000,
  altText: 2_000,
  id: 255,
  label: 2_000,
  placeholder: 150,
  inputText: 3_000,
  optionText: 75,
  /** What Slack's servers enforce (slackapi/bolt-python#838); a doc comment in @slack/types says 75. */
  optionValue: 150,
  selectOptions: 100,
  boxOptions: 10,
  modalTitle: 24,
  modalMetadata: 3_000,
  tableRows: 100,
  tableColumns: 20,
  /** Not in the reference; others who send tables keep to it. */
  tableCell: 2_000,
  /** As JSON, so that a message holds it and something beside it. */
  tableLength: 12_000,
  /** Of the `text` beside the blocks. */
  fallbackText: 3_000,
} as const;
