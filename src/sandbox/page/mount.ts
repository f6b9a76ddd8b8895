import type { FastifyInstance } from 'fastify'
import { bundleScript, joinStyles, readDocument } from './bundle.ts'

/** The browser itself refuses whatever would leave this origin, be it an image that a message names. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}

type Asset = { readonly path: string; readonly type: string; readonly make: () => Promise<string> }

const ASSETS: readonly Asset[] = [
  { path: '/', type: 'text/html; charset=utf-8', make: readDocument },
  { path: '/page.js', type: 'text/javascript; charset=utf-8', make: bundleScript },
  { path: '/page.css', type: 'text/css; charset=utf-8', make: joinStyles },
]

/** Remembers what was made; a failure is not remembered, so that the next request tries again. */
const once = (make: () => Promise<string>): (() => Promise<string>) => {
  let made: Promise<string> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}

/**
 * Serves the Discord-shaped page at `/`. It talks to `/people` on the same origin, which the loopback Discord
 * provides. The script is bundled at the first request and kept.
 */
export const mountPage = async (app: FastifyInstance): Promise<void> => {
  for (const asset of ASSETS) {
    const body = once(asset.make)
    app.get(asset.path, async (_request, reply) =>
      reply
        .headers(HEADERS)
        .type(asset.type)
        .send(await body()),
    )
  }
}
