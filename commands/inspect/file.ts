import type { Texts } from '../../src/locales/en.ts'
import { messagesOf } from '../../src/prompt/assemble.ts'
import { readableParts } from '../../src/safety/readable.ts'
import type { KeptPrompt } from '../../src/turn/ports/records.ts'
import type { Records } from './records.ts'
import { partWords, promptHeading, type Reading } from './sheet.ts'

// A file shows no bold print.
const bare = (words: string): string => words.replaceAll('**', '')

/** A writer's prompt is made of parts: this is how they were sent, under their headings and in their order. */
const asSent = ({ role, parts }: KeptPrompt, { inspect: words }: Texts): string[] =>
  role === 'writer'
    ? [
        `==== ${words.asSent} ====`,
        ...messagesOf(parts.filter(({ isKept }) => isKept)).map(
          ({ role: by, content }) => `---- ${by}\n${content}`,
        ),
      ]
    : []

/** All that models were told for a turn, word by word, as far as its reader may know it. */
export const recordFile = ({ prompts, failures, plan }: Records, reading: Reading, texts: Texts): string => {
  const { inspect: words } = texts
  const { isInCharge } = reading.reader
  const told = prompts.flatMap((prompt) => [
    `==== ${bare(promptHeading(prompt, texts))} ====`,
    ...readableParts(reading.reader, prompt).map((read) => {
      const heading = `---- ${bare(partWords(read, reading, texts))}`
      return read.isHidden ? heading : `${heading}\n${read.part.text}`
    }),
    ...(isInCharge ? asSent(prompt, texts) : []),
  ])
  const unused = failures.map(
    ({ role, connection, model, attempt, kind, detail, raw }) =>
      `---- ${bare(words.failure(role, `${connection}/${model}`, attempt, kind))}\n${detail}\n${raw}`,
  )
  const secret = isInCharge
    ? [
        ...(plan === undefined ? [] : [`==== ${bare(words.plan)} ====`, plan]),
        ...(unused.length === 0 ? [] : [`==== ${bare(words.failures)} ====`, ...unused]),
      ]
    : []
  return `${[...secret, ...told].join('\n\n')}\n`
}
