import { describe, expect, it } from 'vitest';
import { Undeliverable } from '../../../../src/channels/channel.ts';
import { BadBlocks, Gone, MissingScope, NoThread, Unreachable } from '../../../../src/channels/slack/errors.ts';
import { readFailure } from '../../../../src/channels/slack/failure.ts';

const what = 'Asking Slack (chat.postMessage)';

function said(error: string, more: Record<string, unknown> = {}): ReturnType<typeof readFailure> {
  return readFailure({ code: 'slack_webapi_platform_error', data: { ok: false, error, ...more } }, what);
}

describe('what Slack refuses', () => {
  it.each([
    ['channel_not_found', Unreachable, /\/invite/],
    ['not_in_channel', Unreachable, /\/invite/],
    ['is_archived', Unreachable, /archive/],
    ['user_not_in_channel', Unreachable, /Slack id/],
    ['cannot_reply_to_message', NoThread, /thread/],
    ['account_inactive', Undeliverable, /SLACK_BOT_TOKEN/],
    ['token_revoked', Undeliverable, /SLACK_BOT_TOKEN/],
    ['message_not_found', Gone, /deleted/],
    ['cant_update_message', Gone, /ours/],
    ['invalid_blocks', BadBlocks, /report it/],
    ['msg_too_long', Undeliverable, /report it/],
    ['expired_trigger_id', Undeliverable, /once more/],
  ])('%s is final, and says what to do', (code, kind, wayOut) => {
    const failure = said(code);

    expect(failure).toMatchObject({ kind: 'final', error: { code } });
    expect(failure.kind === 'final' && failure.error).toBeInstanceOf(kind);
    expect(failure.kind === 'final' && failure.error).toBeInstanceOf(Undeliverable);
    expect(failure.kind === 'final' && failure.error.message).toMatch(wayOut);
  });

  it('names the right that is missing', () => {
    const failure = said('missing_scope', { needed: 'channels:history,groups:history' });

    expect(failure.kind === 'final' && failure.error).toBeInstanceOf(MissingScope);
    expect(failure.kind === 'final' && failure.error.message).toContain('channels:history,groups:history');
  });

  it.each(['internal_error', 'fatal_error', 'service_unavailable', 'a_word_of_next_year'])(
    '%s is tried again',
    (code) => {
      expect(said(code)).toMatchObject({ kind: 'again' });
    },
  );

  it('is told in its own short words, and nothing longer', () => {
    const page = said('<html>the xoxb-secret and more</html>');

    expect(page).toMatchObject({ kind: 'again' });
    expect(page.kind === 'again' && page.error.message).not.toContain('xoxb');
    expect(said('constructor')).toMatchObject({ kind: 'again' });
  });
});

it('reads how long Slack asks to wait', () => {
  expect(readFailure({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 }, what)).toEqual({
    kind: 'throttled',
    askedMs: 7_000,
  });
  expect(said('ratelimited')).toEqual({ kind: 'throttled', askedMs: null });
});

it.each([
  { code: 'slack_webapi_http_error', statusCode: 503 },
  { code: 'slack_webapi_request_error' },
  new TypeError('fetch failed'),
  'nothing of the kind',
  null,
])('tries again after %j', (thrown) => {
  expect(readFailure(thrown, what)).toMatchObject({ kind: 'again' });
});
