import { expect, test } from 'vitest'
import { fileName } from '../../../commands/story/export.ts'

test.each([
  ['The Lighthouse', 'The Lighthouse.skein'],
  ['../../etc/passwd', 'etc passwd.skein'],
  ['Who? "Me": <him>|\u202Ehtm\n', 'Who Me him htm.skein'],
  ['...', 'untitled.skein'],
  ['Das Haus – am Meer 🌊', 'Das Haus – am Meer 🌊.skein'],
])('a story called %j is a file that any system takes', (title, name) => {
  expect(fileName(title, 'untitled')).toBe(name)
})
