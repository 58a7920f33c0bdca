/** The part of Slack's Block Kit that cards are translated to. */
export interface PlainText {
  type: 'plain_text';
  text: string;
  /** False: text such as `:100:` stays what it is. */
  emoji: false;
}

export interface Mrkdwn {
  type: 'mrkdwn';
  text: string;
  /** True: Slack makes no links, channels or mentions out of bare words. */
  verbatim: true;
}

export interface RichStyle {
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
}

export type RichElement =
  | { type: 'text'; text: string; style?: RichStyle }
  | { type: 'link'; url: string; text: string; style?: RichStyle };

export interface RichText {
  type: 'rich_text';
  elements: { type: 'rich_text_section' | 'rich_text_preformatted'; elements: RichElement[] }[];
}

export interface Picture {
  type: 'image';
  image_url: string;
  alt_text: string;
}

export interface Confirm {
  title: PlainText;
  text: PlainText;
  confirm: PlainText;
  deny: PlainText;
  style: 'danger';
}

export interface Button {
  type: 'button';
  action_id: string;
  text: PlainText;
  value?: string;
  url?: string;
  style?: 'primary' | 'danger';
  confirm?: Confirm;
  accessibility_label?: string;
}

export interface Option {
  text: PlainText;
  value: string;
}

interface Asking {
  action_id: string;
  placeholder?: PlainText;
}

export type InputElement =
  | (Asking & { type: 'plain_text_input'; multiline: boolean; initial_value?: string; max_length?: number })
  | (Asking & { type: 'email_text_input' | 'url_text_input'; initial_value?: string })
  | (Asking & {
      type: 'number_input';
      is_decimal_allowed: true;
      initial_value?: string;
      min_value?: string;
      max_value?: string;
    })
  | (Asking & { type: 'datepicker'; initial_date?: string })
  | (Asking & { type: 'timepicker'; initial_time?: string })
  | (Asking & { type: 'static_select'; options: Option[]; initial_option?: Option })
  | (Asking & { type: 'multi_static_select'; options: Option[]; initial_options?: Option[] })
  | (Asking & { type: 'external_select'; min_query_length: number; initial_option?: Option })
  | (Asking & { type: 'multi_external_select'; min_query_length: number; initial_options?: Option[] })
  | { type: 'radio_buttons'; action_id: string; options: Option[]; initial_option?: Option }
  | { type: 'checkboxes'; action_id: string; options: Option[]; initial_options?: Option[] };

export type TableCell = { type: 'raw_text'; text: string } | RichText;

export type Block =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: Mrkdwn | PlainText; accessory?: Picture; expand?: true }
  | { type: 'section'; fields: (Mrkdwn | PlainText)[] }
  | { type: 'context'; elements: (Mrkdwn | PlainText)[] }
  | { type: 'divider' }
  | { type: 'actions'; elements: Button[] }
  | {
      type: 'input';
      block_id: string;
      label: PlainText;
      element: InputElement;
      hint?: PlainText;
      optional: boolean;
    }
  | {
      type: 'table';
      rows: TableCell[][];
      column_settings: { align: 'left' | 'center' | 'right'; is_wrapped: true }[];
    }
  | Picture
  | RichText;

export interface Modal {
  type: 'modal';
  callback_id: string;
  title: PlainText;
  submit: PlainText;
  close: PlainText;
  private_metadata: string;
  blocks: Block[];
}
