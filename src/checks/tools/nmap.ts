import { type Item, itemOf, type Parsed, UnreadableOutput } from '../collection.ts'
import { attribute, type Element, firstInside, inside, instantOf, numberOf, readXml } from './xml.ts'

function portFacts(port: Element) {
  const service = firstInside(port, 'service')
  return {
    port: numberOf(attribute(port, 'portid')) ?? 0,
    protocol: attribute(port, 'protocol'),
    state: attribute(firstInside(port, 'state'), 'state'),
    service: attribute(service, 'name'),
    product: attribute(service, 'product'),
    version: attribute(service, 'version'),
    tunnel: attribute(service, 'tunnel'),
    scripts: inside(port, 'script').map((script) => ({
      id: attribute(script, 'id'),
      output: attribute(script, 'output').slice(0, 4000),
    })),
  }
}

/** A host, also one that has only an IPv6 address or no name at all. A list of hosts that were not scanned is no item. */
function itemOfHost(host: Element): Item[] {
  const addresses = inside(host, 'address').filter((one) => attribute(one, 'addrtype') !== 'mac')
  const names = inside(firstInside(host, 'hostnames'), 'hostname').map((one) => attribute(one, 'name'))
  const state = attribute(firstInside(host, 'status'), 'state')
  const named = [...addresses.map((one) => attribute(one, 'addr')), ...names]
  if (named.every((name) => name === '')) return []
  const ports = inside(firstInside(host, 'ports'), 'port').map(portFacts)
  const timedOut = attribute(host, 'timedout') === 'true'
  const incomplete = timedOut
    ? 'nmap gave the host up'
    : state === 'up'
      ? null
      : `the host was ${state || 'not seen'}`
  const open = ports.filter((one) => one.state === 'open')
  const facts = {
    state,
    openPorts: open.map((one) => one.port),
    services: [...new Set(open.map((one) => one.service))],
    ports,
  }
  return [itemOf(named, facts, incomplete)]
}

/** `nmap -oX -`. A scan that did not come to its end, or says itself that it failed, is an error. */
export function parseNmap(text: string): Parsed {
  const items: Item[] = []
  const found = { version: '', start: '', end: '', exit: '', said: '' }
  readXml(text, new Set(['host', 'finished']), ['nmaprun'], (one) => {
    if (one.name === 'host') items.push(...itemOfHost(one))
    else
      Object.assign(found, {
        end: attribute(one, 'time'),
        exit: attribute(one, 'exit'),
        said: attribute(one, 'errormsg'),
      })
  })
  if (found.end === '') throw new UnreadableOutput('cut-off', 'nmap did not come to its end')
  if (found.exit !== '' && found.exit !== 'success')
    throw new UnreadableOutput('failed', `nmap says ${found.exit}: ${found.said}`)
  const head = /<nmaprun\b[^>]*>/.exec(text)?.[0] ?? ''
  const ofHead = (name: string) => new RegExp(`\\s${name}="([^"]{0,100})"`).exec(head)?.[1] ?? ''
  return {
    tool: { name: 'nmap', version: ofHead('version') || null },
    startedAt: instantOf(ofHead('start')),
    endedAt: instantOf(found.end),
    items,
  }
}
