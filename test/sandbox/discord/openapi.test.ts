import { beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '../../../src/sandbox/discord/rest/server.ts'
import { type ApiChecker, openApiChecker } from '../../doubles/openapi.ts'

const file = process.env.SKEIN_DISCORD_OPENAPI
if (!file) {
  console.log(
    'Skipped: SKEIN_DISCORD_OPENAPI does not name Discord’s OpenAPI document, so nothing is checked against it.',
  )
}

const ID = '12345678901234567'
const TOKEN = 'aW50ZXJhY3Rpb246'

describe.skipIf(!file)('the OpenAPI checker', () => {
  let check: ApiChecker
  beforeAll(async () => {
    check = await openApiChecker(file ?? '')
  })

  it('passes requests as discord.js makes them', () => {
    const requests = [
      { method: 'GET', path: '/gateway/bot' },
      { method: 'GET', path: `/channels/${ID}/messages`, query: { limit: '50', before: ID } },
      {
        method: 'POST',
        path: `/channels/${ID}/messages`,
        body: { content: 'x', tts: false, nonce: 'a', enforce_nonce: true, allowed_mentions: { parse: [] } },
      },
      { method: 'PUT', path: `/channels/${ID}/messages/${ID}/reactions/%E2%8F%B3/@me` },
      { method: 'PATCH', path: `/webhooks/${ID}/${TOKEN}/messages/%40original`, body: { content: 'x' } },
      {
        method: 'POST',
        path: `/interactions/${ID}/${TOKEN}/callback`,
        query: { with_response: 'false' },
        body: { type: 5, data: { flags: 64 } },
      },
      {
        method: 'POST',
        path: `/interactions/${ID}/${TOKEN}/callback`,
        body: { type: 8, data: { choices: [{ name: 'The Fox', value: 'fox' }] } },
      },
      { method: 'POST', path: `/channels/${ID}/threads`, body: { name: 'x', type: 11 } },
      { method: 'POST', path: '/users/@me/channels', body: { recipient_id: ID } },
      { method: 'PUT', path: `/applications/${ID}/commands`, body: [{ name: 'Pin To Memory', type: 3 }] },
      {
        method: 'POST',
        path: `/channels/${ID}/messages`,
        body: { attachments: [{ id: '0', description: 'A fox' }] },
      },
    ]
    for (const request of requests) expect(check(request)).toEqual([])
  })

  it.each([
    ['a route that is not there', { method: 'GET', path: `/channels/${ID}/secrets` }],
    ['a method that is not there', { method: 'PUT', path: '/gateway' }],
    ['an id that is no snowflake', { method: 'GET', path: '/channels/abc' }],
    ['a limit out of range', { method: 'GET', path: `/channels/${ID}/messages`, query: { limit: '500' } }],
    ['an unknown query', { method: 'GET', path: '/users/@me', query: { all: 'true' } }],
    ['a missing body', { method: 'POST', path: `/channels/${ID}/messages` }],
    ['a wrong type', { method: 'POST', path: `/channels/${ID}/messages`, body: { content: 5 } }],
    [
      'a description too long, of a file',
      {
        method: 'POST',
        path: `/channels/${ID}/messages`,
        body: { attachments: [{ id: '0', description: 'd'.repeat(1025) }] },
      },
    ],
    ['a name too long', { method: 'POST', path: `/channels/${ID}/threads`, body: { name: 'n'.repeat(101) } }],
  ])('names what is wrong: %s', (_, request) => {
    expect(check(request).length).toBeGreaterThan(0)
  })

  it('knows every route of the loopback Discord', () => {
    const unknown = ROUTES.map(({ method, path }) => ({
      method,
      path: path.replaceAll(/\{\w+_id\}/g, ID).replaceAll(/\{\w+\}/g, TOKEN),
    })).filter((request) => check(request).some((wrong) => wrong.endsWith('no such route in the document')))
    expect(unknown).toEqual([])
  })
})
