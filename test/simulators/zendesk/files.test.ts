import { describe, expect, it } from 'vitest';
import { asRequester, type Desk, openDesk, startClock } from './desk.ts';

/** Posts the bytes of a file, as any client would. */
async function upload(desk: Desk, query: string, bytes = 'a line of a log', type = 'text/plain') {
  const response = await fetch(`${desk.origin}/api/v2/uploads.json?${query}`, {
    method: 'POST',
    headers: { ...asRequester, 'Content-Type': type },
    body: bytes,
  });
  const body = (await response.json()) as Awaited<ReturnType<Desk['call']>>['body'];
  return { status: response.status, body };
}

function ticketWith(...uploads: string[]): object {
  return { ticket: { comment: { body: 'see there', uploads } } };
}

describe('files', () => {
  it('are uploaded first and stand in the comment that names their token', async () => {
    const desk = await openDesk();

    const { status, body } = await upload(desk, 'filename=a.log');
    await desk.call('POST', 'tickets', ticketWith(body.upload.token));

    expect(status).toBe(201);
    const { comments } = (await desk.call('GET', 'tickets/1/comments')).body;
    expect(comments).toMatchObject([
      {
        attachments: [
          { file_name: 'a.log', content_type: 'text/plain', size: 15, malware_scan_result: 'malware_not_found' },
        ],
      },
    ]);
    const content = await fetch(comments[0]?.attachments[0]?.content_url ?? '');
    expect(await content.text()).toBe('a line of a log');
  });

  it('may join others under one token', async () => {
    const desk = await openDesk();
    const first = await upload(desk, 'filename=a.log');

    const second = await upload(desk, `filename=b.log&token=${first.body.upload.token}`);
    await desk.call('POST', 'tickets', ticketWith(first.body.upload.token));

    expect(second.body.upload.token).toBe(first.body.upload.token);
    const { comments } = (await desk.call('GET', 'tickets/1/comments')).body;
    expect(comments).toMatchObject([{ attachments: [{ file_name: 'a.log' }, { file_name: 'b.log' }] }]);
  });

  it('are passed over in silence when their token is unknown, used or an hour old', async () => {
    const clock = startClock();
    const desk = await openDesk({ now: clock.now });
    const used = (await upload(desk, 'filename=a.log')).body.upload.token;
    const old = (await upload(desk, 'filename=b.log')).body.upload.token;

    await desk.call('POST', 'tickets', ticketWith(used));
    clock.pass({ minutes: 60 });
    const { status } = await desk.call('POST', 'tickets', ticketWith(used, old, 'nonsense'));

    expect(status).toBe(201);
    expect((await desk.call('GET', 'tickets/2/comments')).body.comments).toMatchObject([{ attachments: [] }]);
  });

  it.each([
    ['without a name', '', 'x', 422],
    ['without bytes', 'filename=a.log', '', 422],
    ['that is too large', 'filename=a.log', 'x'.repeat(11), 413],
    ['for a token that there is not', 'filename=a.log&token=nonsense', 'x', 422],
  ])('%s is refused', async (_what, query, bytes, status) => {
    const desk = await openDesk();
    await desk.control('settings', { uploadLimitBytes: 10 });

    expect((await upload(desk, query, bytes)).status).toBe(status);
  });

  it('that were redacted have another name and no bytes', async () => {
    const desk = await openDesk();
    await desk.call('POST', 'tickets', ticketWith((await upload(desk, 'filename=a.log')).body.upload.token));
    const [comment] = (await desk.call('GET', 'tickets/1/comments')).body.comments;
    const file = comment?.attachments[0];

    await desk.call('PUT', `tickets/1/comments/${comment?.id}/attachments/${file?.id}/redact`);

    const { comments } = (await desk.call('GET', 'tickets/1/comments')).body;
    expect(comments).toMatchObject([{ attachments: [{ file_name: 'redacted.txt', deleted: true }] }]);
    expect((await fetch(file?.content_url ?? '')).status).toBe(404);
  });
});
