import { readFile } from 'node:fs/promises'

import { z } from 'zod'

import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import type { NodeOptions, QuorumNode } from '../quorum/node.ts'
import { quorumNode } from '../quorum/node.ts'
import type { QuorumSystem } from '../quorum/system.ts'
import { withNodes } from '../quorum/system.ts'

const Quantity = z.union([z.number(), z.string()], "a number, or a fraction as '1/3'")

const Attributes = z.strictObject({
  capacity: Quantity.optional(),
  readCapacity: Quantity.optional(),
  writeCapacity: Quantity.optional(),
  latency: Quantity.optional(),
  failure: Quantity.optional(),
  zone: z.string().optional(),
})

/** What is known of some nodes. */
const ByName = z.record(z.string(), Attributes)

/** All nodes of the system in their order. */
const InOrder = z.array(Attributes.extend({ name: z.string() }))

const EXAMPLE = `{ "n1": { "capacity": 2, "failure": 0.05, "zone": "eu" } }`

/**
 * The system with the attributes that a file gives to its nodes. @throws UserError with the file.
 */
export async function withNodesFile(system: QuorumSystem, path: string): Promise<QuorumSystem> {
  const content = await json(path)
  const nodes = Array.isArray(content)
    ? inOrder(system, checked(InOrder, content, path), path)
    : byName(system, checked(ByName, content, path), path)
  return withNodes(system, nodes)
}

/** `{ "n1": "eu" }`: the zones of nodes by their names. @throws UserError */
export async function zonesFile(path: string): Promise<Readonly<Record<string, string>>> {
  const found = z.record(z.string(), z.string()).safeParse(await json(path))
  if (found.success) return found.data
  const fact = `this does not name zones: ${reason(found.error)}`
  throw new UserError(fact, { where: path, hint: '{ "n1": "eu", "n2": "us" }' })
}

/** The nodes that a file lists, for a system that is still to be found. @throws UserError */
export async function listedNodes(path: string): Promise<readonly QuorumNode[]> {
  return named(checked(InOrder, await json(path), path), path)
}

function checked<Content>(schema: z.ZodType<Content>, content: unknown, path: string): Content {
  const found = schema.safeParse(content)
  if (found.success) return found.data
  const fact = `this does not describe nodes: ${reason(found.error)}`
  throw new UserError(fact, { where: path, hint: EXAMPLE })
}

type Given = z.infer<typeof Attributes>

function inOrder(
  { size }: QuorumSystem,
  given: readonly (Given & { readonly name: string })[],
  path: string,
): readonly QuorumNode[] {
  if (given.length !== size) {
    throw new UserError(`there are ${given.length} nodes here and ${size} in the system`, {
      where: path,
      hint: 'a list names all nodes in their order; an object names only some: ' + EXAMPLE,
    })
  }
  return named(given, path)
}

/** @throws UserError where two have one name. */
function named(
  given: readonly (Given & { readonly name: string })[],
  path: string,
): readonly QuorumNode[] {
  const names = new Set<string>()
  return given.map(({ name, ...attributes }) => {
    if (names.has(name)) throw new UserError(`two nodes are called '${name}'`, { where: path })
    names.add(name)
    return made(name, attributes, path)
  })
}

function byName(
  { nodes }: QuorumSystem,
  given: Readonly<Record<string, Given>>,
  path: string,
): readonly QuorumNode[] {
  const known = new Map(nodes.map((node) => [node.name, node]))
  for (const name of Object.keys(given)) {
    if (known.has(name)) continue
    const close = nearest(name, known.keys())
    const some = [...known.keys()].slice(0, 5).join(', ')
    throw new UserError(`the system has no node '${name}'`, {
      where: path,
      hint: close === undefined ? `its nodes are ${some}, ...` : `did you mean ${close}?`,
    })
  }
  return nodes.map((node) => {
    const attributes = Object.hasOwn(given, node.name) ? given[node.name] : undefined
    return attributes === undefined ? node : made(node.name, changed(node, attributes), path)
  })
}

/** What the text of the system said already stays, where the file says nothing. */
function changed(node: QuorumNode, { capacity, ...given }: Given): Given {
  const { latency, failure, zone } = node
  return {
    readCapacity: String(capacity ?? node.readCapacity),
    writeCapacity: String(capacity ?? node.writeCapacity),
    latency: String(latency),
    ...(failure === undefined ? {} : { failure: String(failure) }),
    ...(zone === undefined ? {} : { zone }),
    ...given,
  }
}

function made(name: string, attributes: Given, path: string): QuorumNode {
  try {
    // What JSON leaves out is absent and never undefined.
    return quorumNode(name, attributes as NodeOptions)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.message, {
      where: `${path}, ${error.where ?? name}`,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    })
  }
}

async function json(path: string): Promise<unknown> {
  let text
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    const fact =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(cause)
    throw new UserError(fact, { where: path, hint: `a file with ${EXAMPLE}`, cause })
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UserError(`this is not JSON: ${(cause as Error).message}`, {
      where: path,
      hint: EXAMPLE,
      cause,
    })
  }
}

/** The first fault that the schema found, with its place inside. */
function reason({ issues: [first] }: z.ZodError): string {
  if (first === undefined) return ''
  const place = first.path.map(String).join('.')
  return place === '' ? first.message : `${first.message}, at ${place}`
}
