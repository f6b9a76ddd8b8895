/** Where OpenAI-compatible servers listen on the machine itself when nobody told them otherwise; best first. */
export const localServers: readonly LocalServer[] = [
  { name: 'Ollama', port: 11434 },
  { name: 'LM Studio', port: 1234 },
  { name: 'llama.cpp', port: 8080 },
  { name: 'KoboldCpp', port: 5001 },
  { name: 'vLLM', port: 8000 },
]

export type LocalServer = { readonly name: string; readonly port: number }

/** Ids of models that servers list beside those that can write. */
export const notWriters: readonly RegExp[] = [
  /embed/i,
  /rerank/i,
  /whisper/i,
  /(^|[^a-z])(bge|gte|e5|minilm|mpnet|clip|tts|asr|stt|vad)([^a-z]|$)/i,
  /moderation|guard/i,
  /stable-?diffusion|sdxl|flux|dall-e/i,
]
