import { BlockList, isIP } from 'node:net'
import type { Caching } from './wire.ts'

/** What is known of endpoints by where they are. */
type Host = { readonly host: RegExp; readonly name: string; readonly caching?: Caching }

const hosts: readonly Host[] = [
  { host: /(^|\.)openai\.com$/, name: 'openai', caching: 'openai' },
  // It hands the marks on to Anthropic. Anthropic's own compatible endpoint does not take them.
  { host: /(^|\.)openrouter\.ai$/, name: 'openrouter', caching: 'anthropic' },
  { host: /(^|\.)anthropic\.com$/, name: 'anthropic' },
  { host: /(^|\.)googleapis\.com$/, name: 'google' },
  { host: /(^|\.)mistral\.ai$/, name: 'mistral', caching: 'openai' },
  { host: /(^|\.)deepseek\.com$/, name: 'deepseek' },
  { host: /(^|\.)groq\.com$/, name: 'groq' },
]

const hostOf = (url: string): Host | undefined => {
  const { hostname } = new URL(url)
  return hosts.find(({ host }) => host.test(hostname))
}

/** Where an endpoint is, as it may be told: without a name, a password or a key. */
export const addressOf = (url: string): string => {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

/** The name of a connection that nobody named: by its provider, where that is well known. */
export const nameOf = (url: string): string => hostOf(url)?.name ?? 'main'

/** How an endpoint is told what to keep of a prompt, as far as its address says. */
export const cachingOf = (url: string): Caching => hostOf(url)?.caching ?? 'none'

const privateNets = new BlockList()
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  privateNets.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateNets.addSubnet(net, prefix, 'ipv6')

/** Names without a dot are those of containers and of machines next to this one. */
const PRIVATE_NAME = /^[^.]+$|\.(localhost|local|internal|lan|home\.arpa)$/

/** Whether an address is on this machine or in its own net: who serves there sends no bill. */
export const isPrivate = (url: string): boolean => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  const kind = isIP(host)
  return kind === 0 ? PRIVATE_NAME.test(host) : privateNets.check(host, kind === 4 ? 'ipv4' : 'ipv6')
}
