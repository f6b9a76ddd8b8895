import { describe, expect, test } from 'vitest'
import {
  overlay,
  type Template,
  type TemplateName,
  templateFor,
  templateNames,
} from '../../src/prompt/template.ts'

const builtIn = Object.fromEntries(
  templateNames.map((name) => [name, { text: `You are {{char}}, the ${name}.`, version: '1' }]),
) as Record<TemplateName, Template>

describe('the prompt in force', () => {
  test('is the built-in one', () =>
    expect(templateFor('planner', builtIn, {})).toEqual({
      text: 'You are {{char}}, the planner.',
      version: '1',
    }))

  test('is the server’s own where it has one, and its version says both', () =>
    expect(templateFor('planner', builtIn, { planner: { version: 3, body: 'Plan.' } })).toEqual({
      text: 'Plan.',
      version: '1+3',
    }))

  test('of one role is none of another’s', () =>
    expect(templateFor('narrator', builtIn, { planner: { version: 3, body: 'Plan.' } }).version).toBe('1'))
})

describe('a wording may hold the one that it replaces', () => {
  test('with its macros', () =>
    expect(
      templateFor('planner', builtIn, { planner: { version: 1, body: '{{original}} Be brief.' } }).text,
    ).toBe('You are {{char}}, the planner. Be brief.'))

  test('once, however often it asks', () =>
    expect(overlay('{{original}}|{{ Original }}|{{ORIGINAL}}', 'a')).toBe('a||'))

  test('as it is: nothing in it counts for the replacement', () =>
    expect(overlay('{{original}}', '$& {{original}}')).toBe('$& {{original}}'))
})
