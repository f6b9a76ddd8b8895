import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inviteLink } from '../src/discord/client.ts'

test('the invite link in the README asks for what Skein needs', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(inviteLink('APPLICATION_ID'))
})
