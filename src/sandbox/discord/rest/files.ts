import type { FastifyInstance } from 'fastify'
import type { World } from '../world/world.ts'

/** So that no file, whatever it holds, can act as a page of this origin. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  // A deleted message takes its files along, also from those who have seen them.
  'cache-control': 'private, no-cache',
}

type Params = { readonly channel: string; readonly id: string; readonly filename: string }

/** Discord's CDN: the files of messages, and those that people hand to commands. */
export const mountFiles = (app: FastifyInstance, world: World): void => {
  app.get<{ Params: Params }>('/attachments/:channel/:id/:filename', async ({ params }, reply) => {
    const { channel, id, filename } = params
    const file = world.files.find(id)
    const bytes = world.files.read(id)
    if (!file || !bytes || file.channel !== channel || file.filename !== filename) {
      return reply.code(404).headers(SAFE).type('text/plain').send('This content is no longer available.')
    }
    const disposition = `${file.picture ? 'inline' : 'attachment'}; filename="${file.filename}"`
    return reply
      .headers({ ...SAFE, 'content-disposition': disposition })
      .type(file.picture ?? 'application/octet-stream')
      .send(bytes)
  })
}
