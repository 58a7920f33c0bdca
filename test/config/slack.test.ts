import { expect, it } from 'vitest';
import { load, problemsOf } from './loading.ts';

const app = { SLACK_SIGNING_SECRET: 'a-secret', SLACK_BOT_TOKEN: 'xoxb-1' };

it('does not use Slack when nothing of it is set', () => {
  expect(load('start', {}).slack).toBeNull();
});

it('takes an app that Slack calls over HTTP', () => {
  expect(load('start', app).slack).toEqual({
    signingSecret: 'a-secret',
    botToken: 'xoxb-1',
    appToken: null,
    apiUrl: null,
  });
});

it('needs no signing secret in Socket Mode, where nobody calls', () => {
  expect(load('start', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).slack).toMatchObject({
    signingSecret: null,
    appToken: 'xapp-1',
  });
});

it.each([
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
  [{ SLACK_SIGNING_SECRET: 'a-secret' }, ['SLACK_BOT_TOKEN']],
  [{ SLACK_API_URL: 'http://127.0.0.1:4040/api/' }, ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET']],
  [{ ...app, SLACK_BOT_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
  [{ ...app, SLACK_APP_TOKEN: 'xoxb-1' }, ['SLACK_APP_TOKEN']],
  [{ ...app, SLACK_API_URL: 'https://slack.com/api/' }, ['SLACK_API_URL']],
  [{ ...app, SLACK_API_URL: 'not an address' }, ['SLACK_API_URL']],
])('refuses %j', (env, where) => {
  expect(problemsOf('start', env).map((problem) => problem.where)).toEqual(where);
});

it.each([
  ['http://127.0.0.1:4040', 'http://127.0.0.1:4040/api/'],
  ['http://127.0.0.1:4040/api', 'http://127.0.0.1:4040/api/'],
  ['http://127.0.0.1:4040/api/', 'http://127.0.0.1:4040/api/'],
])('takes %s as a stand-in on this machine, and names it', (given, base) => {
  const config = load('start', { ...app, SLACK_API_URL: given });

  expect(config.slack?.apiUrl).toBe(base);
  expect(config.standIns.join()).toContain('SLACK_API_URL');
});
