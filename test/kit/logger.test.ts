import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { SkeinError } from '../../src/kit/errors.ts'
import { createLogger } from '../../src/kit/logger.ts'

const logged = (write: (log: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  write(createLogger('info', sink))
  return lines.join('')
}

test('an error of an HTTP client leaves no address and no words of its request in the log', () => {
  const error = Object.assign(new Error('Unknown Webhook'), {
    code: 10_015,
    status: 404,
    method: 'PATCH',
    url: 'http://discord/webhooks/1/SECRET-TOKEN/messages',
    requestBody: { json: { content: 'PRIVATE WORDS' } },
    rawError: { message: 'PRIVATE WORDS' },
  })
  const cause = new SkeinError('outer', 'it failed', { turn: 3 }, error)
  const line = logged((log) => log.error({ err: cause }, 'failed'))
  expect(line).not.toMatch(/SECRET-TOKEN|PRIVATE WORDS/)
  expect(line).toMatch(/Unknown Webhook.*10015/)
})

test('what is named like a secret is taken out', () => {
  const line = logged((log) => log.info({ token: 'T1', connection: { apiKey: 'K1' } }, 'connected'))
  expect(line).not.toMatch(/T1|K1/)
})
