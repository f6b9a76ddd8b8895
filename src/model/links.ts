import type { Caller } from '../turn/ports/models.ts'
import type { Connection } from './connection.ts'

/** A model at a connection. */
export type Link = { readonly connection: Connection; readonly model: string }

export const linkName = ({ connection, model }: Link): string => `${connection.name}/${model}`

/** A link's two halves. Ids of models may hold slashes, names of connections none. */
export const splitLink = (link: string): { readonly connection: string; readonly model: string } => {
  const at = link.indexOf('/')
  return at < 0
    ? { connection: '', model: link }
    : { connection: link.slice(0, at), model: link.slice(at + 1) }
}

export type Links = {
  /** Undefined where it names no connection that there is. */
  find(link: string): Link | undefined
  /** What is asked for a caller, the first first: what they prefer, then the chain of their role. */
  of(caller: Pick<Caller, 'role' | 'prefer'>): Link[]
}

/** `roles`: the chain of each role, as links. Those that name no connection are left out. */
export const linksOver = (
  connections: readonly Connection[],
  roles: Readonly<Record<Caller['role'], readonly string[]>>,
): Links => {
  const byName = new Map(connections.map((each) => [each.name, each]))
  const find = (link: string): Link | undefined => {
    const { connection: name, model } = splitLink(link)
    const connection = byName.get(name)
    return connection && model !== '' ? { connection, model } : undefined
  }
  return {
    find,
    of({ role, prefer }) {
      const chain = roles[role].map(find).filter((link) => link !== undefined)
      const [first] = chain
      // What names no connection is a model of the one that is asked first; its id may well hold a slash.
      const preferred = prefer.map((name) => find(name) ?? (first && { ...first, model: name }))
      const all = [...preferred.filter((link) => link !== undefined), ...chain]
      return [...new Map(all.map((link) => [linkName(link), link])).values()]
    },
  }
}
