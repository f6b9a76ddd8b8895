import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { envExample, readConfig } from '../../src/config/env.ts'

test('with nothing set, every setting has its default', () => {
  expect(readConfig({})).toEqual({
    SKEIN_DATA_DIR: 'data',
    SKEIN_BACKUP_TIME: { hour: 3, minute: 0 },
    SKEIN_PORT: 4646,
    SKEIN_WRITING: 'full',
    SKEIN_MAX_TOKENS: 700,
    SKEIN_TEMPERATURE: 0.8,
    SKEIN_OOC_MARKS: { open: '((', close: '))' },
    SKEIN_AFTER_REWIND: 'strike',
    SKEIN_LOG_LEVEL: 'info',
  })
})

test('the nightly backup has its time, or none', () => {
  expect(readConfig({ SKEIN_BACKUP_TIME: '23:05' }).SKEIN_BACKUP_TIME).toEqual({ hour: 23, minute: 5 })
  expect(readConfig({ SKEIN_BACKUP_TIME: 'off' }).SKEIN_BACKUP_TIME).toBe('off')
})

test('the file of models is named, or looked for in its place', () => {
  expect(readConfig({ SKEIN_MODELS_FILE: 'mine.json' }).SKEIN_MODELS_FILE).toBe('mine.json')
  expect(readConfig({})).not.toHaveProperty('SKEIN_MODELS_FILE')
})

test('a setting that is empty counts as not set', () => {
  expect(readConfig({ DISCORD_TOKEN: ' ', SKEIN_PORT: '' })).toEqual(readConfig({}))
})

test.each([
  ['SKEIN_PORT', 'abc', 'SKEIN_PORT must be a number'],
  ['SKEIN_PORT', '70000', 'SKEIN_PORT must be at most 65535'],
  ['SKEIN_PORT', '1.5', 'SKEIN_PORT must be a whole number'],
  ['OPENAI_BASE_URL', 'localhost:1234', 'OPENAI_BASE_URL must be an http or https address'],
  [
    'OPENAI_BASE_URL',
    'https://ada:sk-1@host/v1',
    'OPENAI_BASE_URL must not hold a name, a password or a key',
  ],
  [
    'OPENAI_BASE_URL',
    'https://host/v1?key=sk-1',
    'OPENAI_BASE_URL must not hold a name, a password or a key',
  ],
  ['SKEIN_LOG_LEVEL', 'loud', 'SKEIN_LOG_LEVEL must be one of'],
  ['SKEIN_TEMPERATURE', '3', 'SKEIN_TEMPERATURE must be at most 2'],
  ['DISCORD_API_URL', 'http://127.0.0.1:1/api', 'DISCORD_API_URL needs a DISCORD_TOKEN beside it'],
  ['SKEIN_BACKUP_TIME', '24:00', 'SKEIN_BACKUP_TIME must be a time of day like 03:00, or off'],
  ['SKEIN_OOC_MARKS', '((', 'SKEIN_OOC_MARKS must be an opening and a closing mark'],
  ['SKEIN_OOC_MARKS', '// //', 'SKEIN_OOC_MARKS must be two different marks'],
])('%s=%s stops the program with one line that names it', (key, value, message) => {
  expect(() => readConfig({ [key]: value })).toThrow(
    expect.objectContaining({ code: 'bad_setting', message: expect.stringContaining(message) }),
  )
})

test.each([
  'https://ada:sk-canary@host/v1',
  'https://host/v1?key=sk-canary',
  'sk-canary',
  'ftp://sk-canary@host',
])('what may be a key is not repeated: %s', (address) => {
  expect(() => readConfig({ OPENAI_BASE_URL: address })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('canary') }),
  )
})

test('.env.example explains every setting, as the schema does', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(envExample())
})
