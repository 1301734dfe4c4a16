import { StringDecoder } from 'node:string_decoder'

/**
 * What every node of Maelstrom's protocol needs: it reads a message a line, knows its own name and
 * those of the others, answers requests, and can ask other nodes and services itself.
 */
export class Node {
  id = ''
  others = []
  #answers = new Map()
  #handlers = new Map()
  #asked = 0

  /** `handler(body, src)` answers with a body, perhaps later; with nothing it is silent. */
  on(type, handler) {
    this.#handlers.set(type, handler)
  }

  send(dest, body) {
    process.stdout.write(`${JSON.stringify({ src: this.id, dest, body })}\n`)
  }

  /** Asks somebody. Rejects with the error that is answered, or when nothing comes in time. */
  ask(dest, body, timeoutMs = 300) {
    const id = ++this.#asked
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#answers.delete(id)
        reject(new Refused(0, `${dest} does not answer`))
      }, timeoutMs)
      this.#answers.set(id, (answer) => {
        clearTimeout(timer)
        if (answer.type === 'error') reject(new Refused(answer.code, answer.text))
        else resolve(answer)
      })
      this.send(dest, { ...body, msg_id: id })
    })
  }

  run() {
    const decoder = new StringDecoder()
    let rest = ''
    process.stdin.on('data', (chunk) => {
      const lines = (rest + decoder.write(chunk)).split('\n')
      rest = lines.pop()
      for (const line of lines) if (line !== '') void this.#take(JSON.parse(line))
    })
    // Without anybody to serve there is nothing left to do, whatever timers still run.
    process.stdin.on('end', () => process.kill(process.pid))
  }

  async #take({ src, body }) {
    if (body.in_reply_to !== undefined) {
      this.#answers.get(body.in_reply_to)?.(body)
      this.#answers.delete(body.in_reply_to)
      return
    }
    if (body.type === 'init') {
      this.id = body.node_id
      this.others = body.node_ids.filter((node) => node !== this.id)
    }
    const handler = this.#handlers.get(body.type)
    try {
      const answer =
        handler !== undefined
          ? await handler(body, src)
          : body.type === 'init'
            ? {}
            : new Refused(10, `${body.type} is not understood`).body
      if (body.msg_id === undefined || answer === undefined) return
      this.send(src, { type: `${body.type}_ok`, ...answer, in_reply_to: body.msg_id })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (body.msg_id !== undefined) this.send(src, { ...error.body, in_reply_to: body.msg_id })
    }
  }
}

/** A request that is not served, with a code of Maelstrom's table. */
export class Refused extends Error {
  constructor(code, text) {
    super(text)
    this.body = { type: 'error', code, text }
  }
}
