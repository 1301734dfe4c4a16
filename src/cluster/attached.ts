import { readJsonl } from '../core/jsonl.ts'
import type { View } from '../node/index.ts'
import type { Address } from './link.ts'
import type { RunningNode } from './run-node.ts'

/**
 * What a node that was started by a recorder says on its standard output, a JSON line each: first
 * where it listens, then answers.
 */
export type NodeSays = { readonly ready: Address } | NodeAnswers

export interface NodeAnswers {
  readonly answer: number
  readonly view?: View | undefined
}

/** What it is told on its standard input. When that ends, the node ends. */
export type NodeIsTold =
  | { readonly ask: number; readonly f: 'view' }
  | { readonly ask: number; readonly f: 'disk-full'; readonly on: boolean }
  | { readonly ask: number; readonly f: 'disk-slow'; readonly ms: number }
  | { readonly ask: number; readonly f: 'clock-skew'; readonly percent: number }
  | { readonly ask: number; readonly f: 'clock-jump'; readonly ms: number }

/** Does what a node is told, until there is nobody any more to tell it anything. */
export async function obey(
  node: RunningNode,
  input: AsyncIterable<Uint8Array>,
  say: (line: NodeSays) => void,
): Promise<void> {
  say({ ready: node.address })
  try {
    for await (const { value } of readJsonl(input, { source: 'standard input' })) {
      say(carryOut(node, value as NodeIsTold))
    }
  } finally {
    node.close()
  }
}

function carryOut(node: RunningNode, told: NodeIsTold): NodeSays {
  switch (told.f) {
    case 'view':
      return { answer: told.ask, view: node.host.view() }
    case 'disk-full':
      node.commit.hold(told.on)
      break
    case 'disk-slow':
      node.commit.slow(told.ms)
      break
    case 'clock-skew':
      node.clock.skew(told.percent)
      break
    case 'clock-jump':
      node.clock.jump(told.ms)
  }
  return { answer: told.ask }
}
