/** What a chat prompt tells: the story, who is in it, who speaks, and what was said last. Tolerant of any prompt. */
export type Member = { readonly name: string; readonly played: boolean; readonly description: string }

/** `by` is undefined where a message names nobody. */
export type Moment = { readonly by: string | undefined; readonly own: boolean; readonly text: string }

export type Reading = {
  readonly title: string
  readonly premise: string
  readonly cast: readonly Member[]
  /** Undefined for a narrator. */
  readonly speaker: { readonly name: string; readonly persona: string } | undefined
  readonly moments: readonly Moment[]
  /** What players did and said since the last answer. Empty at the opening, and when asked to go on. */
  readonly latest: readonly Moment[]
  readonly opening: boolean
}

export type ChatMessage = { readonly role: string; readonly content: string }

const label = (name: string, text: string): string =>
  new RegExp(`^\\W*(?:${name})\\W*:[ \\t]*(.+)$`, 'im').exec(text)?.[1]?.trim() ?? ''

/** The text under a heading, up to the next. */
const section = (heading: RegExp, text: string): string => {
  const parts = text.split(/^#{1,4}[ \t]+/m)
  const found = parts.find((part) => heading.test(part.split('\n', 1)[0] ?? ''))
  return found === undefined ? '' : found.slice(found.indexOf('\n') + 1).trim()
}

const memberOf = (line: string): Member | undefined => {
  const found = /^\s*[-*•]\s*([^(:\n]{1,60}?)\s*(?:\(([^)]*)\))?\s*(?::\s*(.*))?$/.exec(line)
  const name = found?.[1]?.replace(/\*/g, '').trim()
  if (!name) return undefined
  return {
    name,
    played: /play|person\b|user|human/i.test(found?.[2] ?? ''),
    description: (found?.[3] ?? '').trim(),
  }
}

const speakerName = (system: string): string | undefined => {
  const name =
    /\bYou(?: are|’re|'re) (?!the |a |an |now )([\p{Lu}][\p{L}\p{M}\d'’ -]{0,40}?)(?=[,.\n]| in | of )/u.exec(
      system,
    )?.[1]
  return name?.trim()
}

const isNarrator = (name: string): boolean => /^(the )?(narrator|storyteller|game ?master|gm|dm)$/i.test(name)

/** A message as one moment for each `Name: text` in it. Lines without a name go on with the one before. */
const momentsOf = ({ role, content }: ChatMessage, cast: readonly Member[], speaker: string): Moment[] => {
  const own = role === 'assistant'
  const known = new Set(
    [...cast.map((member) => member.name), speaker, 'Narrator'].map((name) => name.toLowerCase()),
  )
  const moments: Moment[] = []
  for (const line of content.split('\n')) {
    const [, name, rest] = /^\s*\**([\p{Lu}][\p{L}\p{M}\d'’. -]{0,40}?)\**:\**\s+(.*)$/u.exec(line) ?? []
    // Without a list of names, what stands before the first colon of a user's message is taken for one.
    const named =
      name !== undefined &&
      (known.has(name.toLowerCase()) || (!own && moments.length === 0 && !cast.some((each) => each.played)))
    const last = moments.at(-1)
    if (named) moments.push({ by: name, own: own || name === speaker, text: rest ?? '' })
    else if (last) moments[moments.length - 1] = { ...last, text: `${last.text}\n${line}` }
    else moments.push({ by: own ? speaker || undefined : undefined, own, text: line })
  }
  return moments.map((moment) => ({ ...moment, text: moment.text.trim() })).filter(({ text }) => text !== '')
}

/** An instruction to the writer rather than something a player did. */
const isInstruction = ({ by, text }: Moment): boolean =>
  by === undefined &&
  /^\W*(begin|start|open|continue|go on|write|set|describe)\b[^"“*]*$|^\((?!\().*\)$/is.test(text)

/** Notes that stand between two rows in brackets. Nobody said them. */
const isNotes = ({ content }: ChatMessage): boolean => /^\s*\[[^\]\n]+\]\n.*\n\[[^\]\n]+\]\s*$/s.test(content)

export const readPrompt = (messages: readonly ChatMessage[]): Reading => {
  const system = messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(({ content }) => content)
    .join('\n\n')
  const cast = (section(/cast|characters/i, system) || section(/^people\b/i, system))
    .split('\n')
    .map(memberOf)
    .filter((member) => member !== undefined)
  const name = speakerName(system)
  const speaker = name === undefined || isNarrator(name) ? undefined : name
  const part = section(/your part|persona|who you are/i, system)
  const persona = speaker
    ? part.replace(new RegExp(`^${RegExp.escape(speaker)}:\\s*`), '') ||
      (cast.find((member) => member.name === speaker)?.description ?? '')
    : ''
  const said = messages
    .filter((message) => (message.role === 'user' || message.role === 'assistant') && !isNotes(message))
    .flatMap((message) => momentsOf(message, cast, speaker ?? ''))
  const moments = said.filter((moment) => moment.own || !isInstruction(moment))
  const npcs = new Set(cast.filter((member) => !member.played).map((member) => member.name.toLowerCase()))
  const byPlayer = ({ by, own }: Moment) =>
    !own && (by === undefined || !(npcs.has(by.toLowerCase()) || isNarrator(by)))
  // What another character has answered already is not answered again, unless nothing came after it.
  const own = moments.findLastIndex((moment) => moment.own)
  const answered = moments.findLastIndex((moment) => !byPlayer(moment))
  const unanswered = moments.slice(answered + 1)
  return {
    title: label('title', system),
    premise: label('premise|scenario|setting', system) || section(/premise|scenario|setting/i, system),
    cast,
    speaker: speaker === undefined ? undefined : { name: speaker, persona },
    moments,
    latest: unanswered.length > 0 ? unanswered : moments.slice(own + 1).filter(byPlayer),
    opening: moments.length === 0,
  }
}
