import type { Caller, Reader } from '../turn/ports/models.ts'
import { knownContexts } from './contexts.ts'
import type { Links } from './links.ts'
import { baseName, counterOf } from './tokenizer.ts'

/**
 * How the link that is asked first reads text. How much it takes stands in its settings, else it was learned from
 * its server, else it is well known of its model.
 */
export const readerOver =
  (links: Links) =>
  (caller: Pick<Caller, 'role' | 'prefer'>): Reader => {
    const [first] = links.of(caller)
    const model = first?.model ?? ''
    const known = knownContexts.find(({ model: pattern }) => pattern.test(baseName(model)))
    return {
      count: counterOf(model),
      context: first?.connection.context ?? first?.connection.book.of(model).context ?? known?.context,
    }
  }
