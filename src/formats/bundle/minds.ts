import type { RecordedEvent } from '../../story/event.ts'
import { faulty } from './fault.ts'

/** Over how many something can have been told on: more than any cast tells. */
const LONGEST_WAY = 200

/** Who and what stands in a log up to some event. */
type Known = {
  readonly characters: Set<string>
  readonly personas: Set<string>
  readonly lines: Set<string>
  readonly memories: Set<string>
}

const note = ({ characters, personas, lines, memories }: Known, event: RecordedEvent): void => {
  const { type, data } = event
  if (type === 'character.introduced') characters.add(data.character)
  if (type === 'persona.taken') personas.add(data.persona)
  if (type === 'line.spoken') lines.add(data.line)
  if (type === 'line.revised') for (const { line } of data.lines) lines.add(line)
  if (type === 'memory.formed') memories.add(data.memory)
}

/** Whether it is about those who are in the story by then, and rests on what was said by then. */
const isWhole = ({ characters, personas, lines, memories }: Known, event: RecordedEvent): boolean => {
  const { type, data } = event
  const isSaid = (cited: readonly string[]) => cited.every((line) => lines.has(line))
  const isOfCast = (entity: string) => characters.has(entity) || personas.has(entity)
  switch (type) {
    case 'memory.formed':
      return (
        !memories.has(data.memory) &&
        isOfCast(data.owner) &&
        isSaid(data.lines) &&
        data.chain.length <= LONGEST_WAY
      )
    case 'fact.learned':
      return isOfCast(data.owner) && isSaid(data.lines)
    case 'cast.evolved': {
      const { from, to, changes } = data
      return (
        from <= to &&
        to <= event.turn &&
        changes.every(
          ({ character, line, lines: cited, turn }) =>
            characters.has(character) && isSaid([line, ...cited]) && from <= turn && turn <= to,
        )
      )
    }
    default:
      return true
  }
}

/** Throws `bundle_faulty` unless what someone remembers and knows, and how they changed, follows from the log before it. */
export const checkMinds = (events: readonly RecordedEvent[]): void => {
  const known: Known = {
    characters: new Set(),
    personas: new Set(),
    lines: new Set(),
    memories: new Set(),
  }
  for (const event of events) {
    if (!isWhole(known, event)) throw faulty('malformed', `event ${event.seq}`)
    note(known, event)
  }
}
