/** Calls the chat API the way a script would. */
import type { ShownMessage } from '../../../src/channels/web/render.ts';

export interface Answer<Body> {
  status: number;
  body: Body;
}

export async function get<Body = { because: string }>(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${url}${path}`, { headers });
  return { status: response.status, body: (await response.json()) as Body };
}

export async function send<Body = { because: string }>(
  url: string,
  path: string,
  body: unknown,
): Promise<Answer<Body>> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

export async function messagesOf(url: string, as: string, conversation = 'team', after = 0): Promise<ShownMessage[]> {
  const { body } = await get<{ messages: ShownMessage[] }>(
    url,
    `/chat/conversations/${conversation}/messages?as=${as}&after=${after}`,
  );
  return body.messages;
}

export async function say(
  url: string,
  as: string,
  text: string,
  more: Record<string, unknown> = {},
): Promise<{ event: string; message: string }> {
  const { body } = await send<{ event: string; message: string }>(url, '/chat/messages', {
    as,
    conversation: 'team',
    text,
    ...more,
  });
  return body;
}
