/** Addresses of Microsoft's that this channel rests on. */

/** Who signs what Teams sends; the same words are the scope of what the bot sends. */
export const botFrameworkIssuer = 'https://api.botframework.com';

export const botFrameworkMetadata = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

export const publicLogin = 'https://login.microsoftonline.com';

/** Finds every conversation of the public cloud, for those that nobody has written in yet. */
export const globalServiceUrl = 'https://smba.trafficmanager.net/teams/';
