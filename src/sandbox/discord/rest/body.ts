import type { FastifyInstance, FastifyRequest } from 'fastify'
import { MAX_FILE_BYTES, MAX_FILES, type Upload } from '../forms/attachment.ts'
import { notBuilt, Refusal, refuse } from '../refusal.ts'

/** What a request carried: its form, and the files beside it. */
export type Body = { readonly form: unknown; readonly files: readonly Upload[] }

const NOTHING: Body = { form: undefined, files: [] }
const UNREADABLE = Symbol('a body that is neither JSON nor multipart')

/** Ten full files and some room for the form. */
const MULTIPART_BYTES = MAX_FILES * MAX_FILE_BYTES + 1024 * 1024

const readJson = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    throw refuse(50109)
  }
}

const readParts = async (bytes: Buffer<ArrayBuffer>, type: string): Promise<FormData> => {
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData()
  } catch {
    throw new Refusal(400, { message: '400: Bad Request', code: 0 })
  }
}

/** Discord's multipart: the form as JSON in `payload_json`, each file in a part `files[n]`. */
const readMultipart = async (bytes: Buffer<ArrayBuffer>, type: string): Promise<Body> => {
  const files: Upload[] = []
  let form: unknown
  for (const [name, part] of await readParts(bytes, type)) {
    const slot = /^files\[(\d{1,3})\]$/.exec(name)?.[1]
    if (slot !== undefined && typeof part !== 'string') {
      files.push({ slot, name: part.name, bytes: Buffer.from(await part.arrayBuffer()) })
    } else if (name === 'payload_json') {
      form = readJson(typeof part === 'string' ? part : await part.text())
    } else {
      throw notBuilt(`the part “${name}” of a multipart body`)
    }
  }
  return { form, files }
}

/** Makes every body a `Body`, which `bodyOf` gives. */
export const parseBodies = (api: FastifyInstance): void => {
  api.removeAllContentTypeParsers()
  api.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_: FastifyRequest, text: string) => ({
      form: readJson(text),
      files: [],
    }),
  )
  api.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: MULTIPART_BYTES },
    (request: FastifyRequest, bytes: Buffer<ArrayBuffer>) =>
      readMultipart(bytes, request.headers['content-type'] ?? ''),
  )
  api.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume()
    done(null, UNREADABLE)
  })
  api.addHook('preHandler', async (request) => {
    if (request.body === UNREADABLE) throw notBuilt(`bodies of type ${request.headers['content-type']}`)
  })
}

export const bodyOf = (request: FastifyRequest): Body => (request.body as Body | undefined) ?? NOTHING
