/** How servers say that a prompt does not fit, each with the servers that say it so. */
const OVERFLOWS: readonly RegExp[] = [
  // OpenAI, vLLM, DeepSeek, OpenRouter, Groq
  /maximum context length|context_length_exceeded|exceeds the context window/i,
  /input tokens exceed the configured limit/i,
  // llama.cpp and llama-cpp-python
  /exceed_context_size|available context size|exceed context window/i,
  // vLLM
  /longer than the maximum model length/i,
  // LM Studio
  /when context the overflows|when context overflows|greater than the context length/i,
  // Ollama and KoboldCpp, where they do not cut the prompt off silently
  /prompt (?:is )?too long|exceeds? the (?:max(?:imum)? )?context (?:length|size)/i,
  // Anthropic, Google, Together, xAI, Mistral
  /exceed context limit|input token count.{0,30}exceeds|longer than the model's context length/i,
  /maximum prompt length is|too large for model with/i,
]

/** Where in such a sentence the length is that would fit. */
const LENGTHS: readonly RegExp[] = [
  /maximum context length (?:is|of) (\d[\d,]*)/i,
  /(\d[\d,]*) maximum context length/i,
  /configured limit of (\d[\d,]*)/i,
  /"n_ctx":\s*(\d+)/,
  /available context size \((\d[\d,]*)/i,
  /context window of (\d[\d,]*)/i,
  /maximum model length of (\d[\d,]*)/i,
  /context length of only (\d[\d,]*)/i,
  /> (\d[\d,]*)/,
  /maximum number of tokens allowed \(?(\d[\d,]*)/i,
  /context length \((\d[\d,]*) tokens/i,
  /maximum prompt length is (\d[\d,]*)/i,
  /max(?:imum)? context (?:length|size)[^\d]{0,20}\((\d[\d,]*)/i,
]

/** Less than this is no length that a model has: a server counted something else. */
const SHORTEST_CONTEXT = 256

/** Whether a server's words say that prompt and answer together are too long for the model. */
export const isOverflow = (said: string): boolean => OVERFLOWS.some((pattern) => pattern.test(said))

/** How many tokens the model takes, by the words of a server that could not take so many. */
export const contextIn = (said: string): number | undefined =>
  LENGTHS.map((pattern) => Number(pattern.exec(said)?.[1]?.replaceAll(',', ''))).find(
    (length) => length >= SHORTEST_CONTEXT,
  )
