/**
 * Preload for foreign programs in tests (`node --require`): what they open, they open on 127.0.0.1 only, and whatever
 * they want to tell another machine is refused.
 */
'use strict';

const net = require('node:net');

const home = '127.0.0.1';
const own = new Set([home, 'localhost', '::1']);

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenAtHome(...args) {
  const [first, second] = args;
  if (isPort(first)) {
    args.splice(1, typeof second === 'string' ? 1 : 0, home);
  } else if (typeof first === 'object' && first !== null && first.port !== undefined) {
    args[0] = { ...first, host: home };
  } else if (first === undefined || first === null || typeof first === 'function') {
    args.splice(0, typeof first === 'function' ? 0 : 1, 0, home);
  }
  return listen.apply(this, args);
};

function isPort(value) {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}

/** Null for a pipe of this machine. */
function hostOf(args) {
  // Node's own callers hand over the arguments as one array.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    // A request over HTTP says `path: null` here.
    return first.path ? null : (first.host ?? 'localhost');
  }
  return isPort(first) ? (typeof second === 'string' ? second : 'localhost') : null;
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectAtHome(...args) {
  const host = hostOf(args);
  if (host !== null && !own.has(host)) {
    const refusal = new Error(`Connecting to ${host}: only this machine may be reached in tests.`);
    process.nextTick(() => this.destroy(Object.assign(refusal, { code: 'ECONNREFUSED' })));
    return this;
  }
  return connect.apply(this, args);
};
