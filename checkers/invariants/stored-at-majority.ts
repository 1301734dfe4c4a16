import type { Invariant, View } from '../../src/core/invariant.ts'

type Tag = readonly [number, writer: string]

/**
 * What a client was told of (`view.told`, a tag), as written or as read, or something newer, is
 * what a majority of the nodes has (`view.tag`): that is why nobody later finds less.
 */
export const storedAtMajority: Invariant = {
  name: 'stored at a majority',
  source: 'Attiya, Bar-Noy, Dolev 1995, Sharing memory robustly in message-passing systems',
  reads: ['tag', 'told'],
  violated(views, nodes) {
    let told: { node: string | undefined; tag: Tag } | undefined
    for (const [at, view] of views.entries()) {
      const tag = tagOf(view, 'told')
      if (tag === undefined || tag[0] === 0) continue
      if (told === undefined || isOlder(told.tag, tag)) told = { node: nodes[at], tag }
    }
    // Number 0 is what everybody has from the beginning.
    if (told === undefined) return undefined
    const { tag, node } = told
    const without = views.flatMap((view, at) => {
      const own = tagOf(view, 'tag')
      return own === undefined || isOlder(own, tag) ? [nodes[at]] : []
    })
    if (2 * (nodes.length - without.length) > nodes.length) return undefined
    const have = without.length === 1 ? 'does not have' : 'do not have'
    return `${node} has told a client of ${tag.join(', ')}, which ${without.join(', ')} ${have}`
  },
}

function tagOf(view: View | undefined, part: 'tag' | 'told'): Tag | undefined {
  return view?.[part] as Tag | undefined
}

function isOlder([number, writer]: Tag, [otherNumber, otherWriter]: Tag): boolean {
  return number < otherNumber || (number === otherNumber && writer < otherWriter)
}
