import { chunk, sse, startProvider } from '../model/provider.ts'

type Body = {
  readonly messages: readonly { readonly content: string }[]
  readonly response_format?: { readonly json_schema?: { readonly name?: string } }
}

/**
 * A model that gives away all that it can: it has everyone remember and learn each line that holds the secret, and a
 * summary tells the secret wherever its prompt does.
 */
export const startParrot = async (secret: string) => {
  const heard: { readonly role: string; readonly words: string }[] = []
  const archived = (words: string) => {
    const people = [...words.matchAll(/^- (.+?) \((?:character|played by a person)/gmu)].map(([, who]) => who)
    const lines = [...words.matchAll(/^\[(\d+)\] (.+)$/gmu)].filter(([, , text]) => text?.includes(secret))
    const each = people.flatMap((who) => lines.map(([, line]) => ({ who, line: Number(line) })))
    return {
      ...{ shifts: [], activities: [], elapsed: { line: null, reason: 'talk', minutes: 0 } },
      memories: each.map(({ who, line }) => ({
        ...{ lines: [line], who, text: `${who} was told of ${secret}.`, significance: 3 },
        ...{ source: 'direct', told_by: null },
      })),
      facts: each.map(({ who, line }) => ({ line, who, text: `${secret} is a word for ${who}.` })),
      ...{ scene_end: { line: null, significance: 1 }, significance: 1 },
    }
  }
  const { baseURL, close } = await startProvider(async (request, response) => {
    let sent = ''
    for await (const data of request) sent += data
    if (sent === '') {
      response.writeHead(404).end()
      return
    }
    const { messages, response_format } = JSON.parse(sent) as Body
    const role = response_format?.json_schema?.name ?? ''
    const words = messages.map(({ content }) => content).join('\n')
    heard.push({ role, words })
    const summary = `They recall ${words.includes(secret) ? secret : 'the evening'}.`
    const answer = role === 'archivist' ? archived(words) : { summary }
    response.setHeader('content-type', 'text/event-stream')
    response.end(sse(chunk({ content: JSON.stringify(answer) }), chunk({}, 'stop')))
  })
  return {
    ...{ baseURL, close },
    /** The words of the prompts of a role, the first first. */
    heard: (role: string): readonly string[] =>
      heard.filter((each) => each.role === role).map(({ words }) => words),
  }
}
