import type { Caller, Reader } from '../turn/ports/models.ts'
import { contextOf } from './contexts.ts'
import { headroomFor } from './headroom.ts'
import type { Link, Links } from './links.ts'
import { counterOf } from './tokenizer.ts'

/** What is left of a context beside the reasoning. */
const roomIn = (link: Link): number | undefined => {
  const context = contextOf(link)
  return context && context - headroomFor(link.connection.book.of(link.model), context)
}

/** How the link that is asked first reads text. */
export const readerOver =
  (links: Links) =>
  (caller: Pick<Caller, 'role' | 'prefer'>): Reader => {
    const [first] = links.of(caller)
    return { count: counterOf(first?.model ?? ''), context: first && roomIn(first) }
  }
