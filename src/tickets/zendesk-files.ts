/** Files for a comment. A token that an upload gave is good for an hour and for one comment. */
import { UploadAnswer } from './zendesk-answers.ts';
import type { Calls } from './zendesk-calls.ts';

export interface DeskFile {
  name: string;
  /** MIME type. */
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What Zendesk takes per file; people are told before they try. */
export const maxFileBytes = 50 * 1024 * 1024;

export async function uploadFile(calls: Calls, { name, type, bytes }: DeskFile): Promise<string> {
  const { upload } = await calls.send({
    doing: `uploading ${name} to the desk`,
    answer: UploadAnswer,
    path: 'uploads',
    query: { filename: name },
    type,
    bytes,
  });
  return upload.token;
}
