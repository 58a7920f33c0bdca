/** What the local page's API takes (CONTRACTS.md section 6). */
import { z } from 'zod/v4';
import { cleanText } from '../../cards/text.ts';
import { BadRequest } from '../body.ts';

const maxText = 8_000;
const id = z.string().min(1).max(200);

export const SaidBody = z
  .object({
    as: id,
    conversation: id,
    thread: id.nullish(),
    /** The sender's own, new for each message: the same words sent again with the same one are the same message. */
    key: z
      .string()
      .regex(/^[\w-]{8,64}$/, 'Use 8 to 64 letters, digits, “_” and “-”.')
      .optional(),
    text: z
      .string()
      .max(maxText, `Write at most ${maxText} characters, or attach the rest as a file.`)
      .transform((text) => cleanText(text)),
    files: z.array(id).max(10).default([]),
  })
  .refine((body) => body.text.trim() !== '' || body.files.length > 0, {
    path: ['text'],
    message: 'Write something first.',
  });

export type SaidBody = z.infer<typeof SaidBody>;

const InputValue = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? '' : String(value)));

export const ClickedBody = z.object({
  as: id,
  conversation: id,
  message: id,
  verb: z.string().min(1).max(100),
  token: z.string().max(2_000),
  inputs: z.record(z.string().max(200), InputValue).default({}),
});

export const After = z.coerce.number().int().nonnegative().default(0);

/** @throws {BadRequest} which names the field and what is wrong with it */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new BadRequest(`The request is not as expected. ${problems.join(' ')}`);
}
