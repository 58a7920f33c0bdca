/** Small functions that a script brings along when one of its steps needs them. */

import { spaced } from './one-line.ts';

export type AzHelper = 'wait_until' | 'address_of' | 'connection_of';

const inOrder: readonly AzHelper[] = ['wait_until', 'address_of', 'connection_of'];

export function helperLines(used: ReadonlySet<AzHelper>): string[] {
  return spaced(inOrder.flatMap((name) => (used.has(name) ? [helpers[name]] : [])));
}

const helpers: Readonly<Record<AzHelper, readonly string[]>> = {
  wait_until: [
    '# Looks again until a command prints what is wanted; gives up after 60 looks.',
    'wait_until() { # <wanted> <command…>',
    '  local wanted="$1" seen="" look',
    '  shift',
    '  for look in $(seq 60); do',
    '    seen="$("$@")" || seen="nothing yet"',
    '    if [ "$seen" = "$wanted" ]; then return 0; fi',
    '    echo "  waiting for $wanted, now $seen (look $look of 60)" >&2',
    '    sleep "${CAUSEWAY_WAIT_SECONDS:-10}"',
    '  done',
    '  echo "It did not become $wanted; look at it in the Azure portal, then make the plan again." >&2',
    '  return 1',
    '}',
  ],
  address_of: [
    '# Prints the private address of an endpoint, which Azure gives to its network interface.',
    'address_of() { # <id of the endpoint>',
    '  local nic address',
    '  nic="$(az network private-endpoint show --ids "$1" --query \'networkInterfaces[0].id\' --output tsv)" || return 1',
    '  address="$(az network nic show --ids "$nic" --query \'ipConfigurations[0].privateIPAddress\' --output tsv)" || return 1',
    '  if [ -z "$address" ]; then echo "The endpoint $1 has no address yet." >&2; return 1; fi',
    '  echo "$address"',
    '}',
  ],
  connection_of: [
    '# Prints the id of the connection that an endpoint asked for; Azure names it <endpoint>.<a new id>.',
    'connection_of() { # <id of the service> <id of the endpoint, or its end>',
    '  local found look',
    '  for look in $(seq 60); do',
    '    found="$(az network private-link-service show --ids "$1" \\',
    "      --query 'privateEndpointConnections[].[id, privateEndpoint.id]' --output tsv |",
    "      wanted=\"$2\" awk -F '\\t' '",
    '        BEGIN { wanted = tolower(ENVIRON["wanted"]) }',
    '        { endpoint = tolower($2); from = length(endpoint) - length(wanted) + 1 }',
    '        from > 0 && substr(endpoint, from) == wanted && !seen++ { print $1 }',
    '      \')" || return 1',
    '    if [ -n "$found" ]; then echo "$found"; return 0; fi',
    '    echo "  waiting for the connection to appear (look $look of 60)" >&2',
    '    sleep "${CAUSEWAY_WAIT_SECONDS:-10}"',
    '  done',
    '  echo "The service lists no connection of $2." >&2',
    '  return 1',
    '}',
  ],
};
